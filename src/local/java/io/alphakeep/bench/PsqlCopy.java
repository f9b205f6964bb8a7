package io.alphakeep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** psql's \copy; its start is in the clock, as it is for everybody who uses it. */
final class PsqlCopy {

    private PsqlCopy() {}

    static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder("psql", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param rows in COPY's text form
     * @throws IOException psql did not do it; the message has what it said
     */
    static void send(Target target, String table, Path rows) throws IOException, InterruptedException, SQLException {
        Path errors = rows.resolveSibling("psql.err");
        ProcessBuilder builder = new ProcessBuilder(
                        "psql",
                        "-X",
                        "-q",
                        "-w",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-c",
                        "\\copy " + table + " (" + CopyRows.COLUMNS + ") FROM '" + rows + "'")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        PgEnvironment.give(builder, target);
        Process process = builder.start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("psql failed: "
                        + Files.readString(errors, StandardCharsets.UTF_8).strip());
            }
        } finally {
            process.destroy();
        }
    }
}
