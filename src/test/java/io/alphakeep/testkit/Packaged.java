package io.alphakeep.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program as a user runs it, the jar or the native binary: a process of its own, with nothing set but what the
 * test says.
 */
public final class Packaged {

    private static final long TIMEOUT_SECONDS = 180;
    private static final Path PROGRAM = Path.of(
                    System.getProperty("test.program", "target/quarkus-app/quarkus-run.jar"))
            .toAbsolutePath();

    /** What a finished process left. */
    public record Finished(int exitCode, String out, String err) {
        /** Both streams, for what must stand in neither. */
        public String all() {
            return out + err;
        }
    }

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();

    /** @param folder the working folder, and where the process's home is */
    public Packaged(Path folder) {
        this.folder = folder;
        with("ALPHAKEEP_HOME", folder.resolve("home").toString());
    }

    /** One that asks the API at this address, as the superuser of the database. */
    public static Packaged of(Path folder, TestDatabase database, String api) {
        return new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(database.name()))
                .with("ALPHAKEEP_DATABASE_USER", PostgresServer.get().user())
                .with("ALPHAKEEP_API_URL", api)
                .with("ALPHAKEEP_API_KEY", "any");
    }

    public Packaged with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** One of those that the JVM and the native binary take alike: -Xmx…, -D…. */
    public Packaged withOption(String option) {
        options.add(option);
        return this;
    }

    /** Runs to the end. */
    public Finished run(String... args) {
        Running running = start(args);
        return running.await();
    }

    /** It is the native binary that is tested. */
    public static boolean isNative() {
        return !PROGRAM.toString().endsWith(".jar");
    }

    /** Starts, and leaves it running. */
    public Running start(String... args) {
        List<String> command = new ArrayList<>();
        if (isNative()) {
            command.add(PROGRAM.toString());
            command.addAll(options);
        } else {
            command.add(Jvm.JAVA.toString());
            // As the README has it.
            command.add("-XX:TieredStopAtLevel=1");
            command.addAll(Jvm.ARCHIVE);
            command.addAll(options);
            command.addAll(List.of("-jar", PROGRAM.toString()));
        }
        command.addAll(List.of(args));
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            clear(builder.environment());
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What whoever runs the tests has set must not reach the program. */
    static void clear(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("ALPHAKEEP_") || name.startsWith("QUARKUS_"));
    }

    /** Looked for when the first program starts, and not at all for a native one. */
    private static final class Jvm {
        static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
        static final List<String> ARCHIVE = ClassArchive.options(JAVA, PROGRAM);
    }

    /** A process under way. */
    public record Running(Process process, Path outFile, Path errFile) {

        public Finished await() {
            try {
                if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("did not end within " + TIMEOUT_SECONDS + " s: " + text(errFile));
                }
                return new Finished(process.exitValue(), text(outFile), text(errFile));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        public boolean isAlive() {
            return process.isAlive();
        }

        /** What it has printed to stdout so far. */
        public String out() {
            return text(outFile);
        }

        /** What it has printed to stderr so far. */
        public String err() {
            return text(errFile);
        }

        private static String text(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
