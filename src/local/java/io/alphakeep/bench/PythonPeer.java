package io.alphakeep.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One technique of peers.py: a process that stays, so that neither its start nor its imports are in a round. */
final class PythonPeer implements AutoCloseable {

    private static final int MOST_SHOWN = 300;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final Path errors;

    /**
     * @param folder holds peers.py
     * @throws IOException it does not get ready; the message has what it said
     */
    PythonPeer(Target target, Path folder, String technique, String table, Path rows) throws IOException, SQLException {
        this.errors = folder.resolve(technique + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(python(), folder.resolve("peers.py").toString(), technique, table, rows.toString());
        PgEnvironment.give(builder, target);
        process = builder.redirectError(errors.toFile()).start();
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
        try {
            answer("ready");
        } catch (IOException e) {
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

    /**
     * @return seconds, as measured inside of it
     * @throws IOException it broke; the message has what it said
     */
    double round(int firstRow, int lastRow) throws IOException {
        try {
            in.write(firstRow + " " + lastRow + "\n");
            in.flush();
        } catch (IOException e) {
            // It has ended: why, is among what it said.
        }
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
            throw new IOException("failed: " + lastWords(Files.readString(errors, StandardCharsets.UTF_8)));
        }
        return Double.parseDouble(line.substring(start.length(), line.length() - 1));
    }

    /** The exception without its stack trace, in one line. */
    static String lastWords(String said) {
        List<String> words = new ArrayList<>();
        for (String line : said.strip().split("\n")) {
            if (line.startsWith("  ")) {
                words.clear();
            } else {
                words.add(line.strip());
            }
        }
        String all = String.join(" ", words);
        return all.substring(0, Math.min(MOST_SHOWN, all.length()));
    }

    /** The system's own where there is one: Debian's modules are for that one, whatever stands before it on the path. */
    private static String python() {
        return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    }
}
