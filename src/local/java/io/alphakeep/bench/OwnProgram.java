package io.alphakeep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This very program as a process of its own, on the bench's schema, with nothing of the settings of the one that starts it. */
final class OwnProgram {

    /** As the README starts the program: a run of seconds never earns back what the second compiler costs. */
    static final String FLAG = "-XX:TieredStopAtLevel=1";

    private static final int MOST_SHOWN = 600;

    private final Path jar;
    private final Target target;
    private final String apiUrl;
    private final Path folder;

    /** @param folder for what the process prints, and its home; exists */
    OwnProgram(Path jar, Target target, String apiUrl, Path folder) {
        this.jar = jar;
        this.target = target;
        this.apiUrl = apiUrl;
        this.folder = folder;
    }

    /** The jar that this program was started from; none when it was started in another way. */
    static Optional<Path> jar() {
        // The process starts in a folder of its own, where a relative path would lead nowhere.
        Path path = Path.of(System.getProperty("java.class.path", "").split(java.io.File.pathSeparator)[0])
                .toAbsolutePath();
        return Optional.of(path).filter(p -> p.endsWith("quarkus-run.jar") && Files.isRegularFile(p));
    }

    /**
     * Runs a verb to its end.
     *
     * @return what it printed to stdout
     * @throws IllegalStateException when it did not end with 0; the message has what it said
     */
    String run(String... verb) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), FLAG, "-jar", jar.toString()));
        command.addAll(List.of(verb));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("ALPHAKEEP_") || name.startsWith("QUARKUS_"));
        environment.put("ALPHAKEEP_HOME", folder.toString());
        environment.put("ALPHAKEEP_DATABASE_URL", target.url());
        environment.put("ALPHAKEEP_DATABASE_USER", target.user());
        if (!target.password().isEmpty()) {
            environment.put("ALPHAKEEP_DATABASE_PASSWORD", target.password());
        }
        environment.put("ALPHAKEEP_SCHEMA", target.schema());
        environment.put("ALPHAKEEP_API_URL", apiUrl);
        environment.put("ALPHAKEEP_API_KEY", "bench");
        // The folder it starts in must not bring a .env or config/application.properties of its user along.
        builder.directory(folder.toFile());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(
                        "alphakeep " + String.join(" ", verb) + " ended with " + code + ": " + end(err) + end(out));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            process.destroy();
        }
    }

    private static String end(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8).strip();
        return text.substring(Math.max(0, text.length() - MOST_SHOWN));
    }
}
