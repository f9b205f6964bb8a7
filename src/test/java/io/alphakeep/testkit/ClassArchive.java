package io.alphakeep.testkit;

import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The JVM's archive of the program's classes, as the Java image has one: a quarter of the processor time of a start, of which
 * the tests make hundreds. Made once for each build, by whichever test JVM needs it first.
 */
final class ClassArchive {

    private static final long TIMEOUT_SECONDS = 120;

    private ClassArchive() {}

    /** The options that use it; none where it could not be made. */
    static List<String> options(Path java, Path jar) {
        Path folder = jar.getParent().getParent();
        Path archive = folder.resolve(jar.getParent().getFileName() + ".jsa");
        try (FileChannel channel = FileChannel.open(
                folder.resolve("class-archive.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Until the file is closed.
            channel.lock();
            if (!Files.exists(archive)
                    || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                Files.deleteIfExists(archive);
                make(java, jar, archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    /** By a run, which loads nearly all that any verb loads. */
    private static void make(Path java, Path jar, Path archive) throws IOException {
        TestDatabase database = new TestDatabase();
        database.beforeAll(null);
        database.asDemo();
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            ProcessBuilder builder = new ProcessBuilder(
                            java.toString(),
                            "-XX:ArchiveClassesAtExit=" + archive,
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            jar.toString(),
                            "ingest",
                            "--json",
                            "--only",
                            "IBM",
                            "--function",
                            "TIME_SERIES_DAILY",
                            "OVERVIEW")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            Packaged.clear(builder.environment());
            builder.environment()
                    .putAll(Map.of(
                            "ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(database.name()),
                            "ALPHAKEEP_DATABASE_USER", PostgresServer.get().user(),
                            "ALPHAKEEP_API_URL", api.url().toString(),
                            "ALPHAKEEP_API_KEY", "any"));
            await(builder.start());
        } finally {
            database.afterAll(null);
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
