package io.alphakeep.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One technique of peers.py: a process that stays, so that neither its start nor its imports are in a round. */
final class PythonPeer implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final Path errors;
    private final String technique;

    /** @param folder holds peers.py */
    PythonPeer(Target target, Path folder, String technique, String table, Path rows) throws IOException, SQLException {
        this.technique = technique;
        this.errors = folder.resolve(technique + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(python(), folder.resolve("peers.py").toString(), technique, table, rows.toString());
        PgEnvironment.give(builder, target);
        process = builder.redirectError(errors.toFile()).start();
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
        try {
            answer("ready");
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** @return the first of its modules that is missing; empty when it can be measured */
    static Optional<String> missing(String... modules) throws IOException, InterruptedException {
        for (String module : modules) {
            try {
                Process process = new ProcessBuilder(python(), "-c", "import " + module)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() != 0) {
                    return Optional.of(module);
                }
            } catch (IOException e) {
                return Optional.of("python3");
            }
        }
        return Optional.empty();
    }

    /** @return seconds, as measured inside of it */
    double round(int firstRow, int lastRow) throws IOException {
        in.write(firstRow + " " + lastRow + "\n");
        in.flush();
        return answer("seconds");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double answer(String name) throws IOException {
        String line = out.readLine();
        String start = "{\"" + name + "\": ";
        if (line == null || !line.startsWith(start)) {
            String said = Files.readString(errors, StandardCharsets.UTF_8).strip();
            throw new IllegalStateException(technique + " failed: " + said.substring(Math.max(0, said.length() - 400)));
        }
        return Double.parseDouble(line.substring(start.length(), line.length() - 1));
    }

    /** The system's own where there is one: Debian's modules are for that one, whatever stands before it on the path. */
    private static String python() {
        return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    }
}
