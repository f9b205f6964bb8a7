package io.alphakeep.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What no commit can be faster than: a write of one page that the disk confirms, and a round trip to the server. */
final class Disk implements AutoCloseable {

    static final String NAME = "fdatasync + SELECT 1";

    private static final int PAGE_BYTES = 8_192;
    private static final int PAGES = 64;

    private final Connection connection;
    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
    private int next;

    private Disk(Connection connection, Path file, FileChannel channel) {
        this.connection = connection;
        this.file = file;
        this.channel = channel;
    }

    /** Empty, and the bench knows why, where the figure would tell nothing about the server's own writes. */
    static Optional<Disk> of(Bench bench) throws SQLException {
        Connection connection = bench.target().connect();
        Disk disk = null;
        try {
            if (!Surroundings.isLoopback(connection)) {
                bench.skip(NAME + ": the server is not on this machine");
                return Optional.empty();
            }
            Optional<Path> folder = folder(dataFolder(connection));
            if (folder.isEmpty()) {
                bench.skip(NAME + ": neither the temporary nor the working folder is on the disk of the server's data");
                return Optional.empty();
            }
            disk = open(connection, folder.get());
            return Optional.of(disk);
        } catch (IOException e) {
            bench.skip(NAME + ": " + e.getMessage());
            return Optional.empty();
        } finally {
            if (disk == null) {
                connection.close();
            }
        }
    }

    /** Where commits are written, as far as this user and this role may see it. */
    private static Path dataFolder(Connection connection) throws SQLException, IOException {
        Path data;
        try {
            data = Path.of(Sql.value(connection, "SHOW data_directory"));
        } catch (SQLException e) {
            if (!Sql.NOT_PERMITTED.equals(e.getSQLState())) {
                throw e;
            }
            throw new IOException("the role may not see where the server's data is", e);
        }
        Path log = data.resolve("pg_wal");
        Path seen = Files.exists(log) ? log : data;
        if (!Files.exists(seen)) {
            throw new IOException("the server's data is not in this file system");
        }
        return seen;
    }

    /** The user's own folders are no place for our files: these two are the ones that programs may write to. */
    private static Optional<Path> folder(Path data) throws IOException {
        FileStore store = Files.getFileStore(data);
        for (String name : List.of(System.getProperty("java.io.tmpdir"), "")) {
            Path folder = Path.of(name).toAbsolutePath();
            if (Files.isWritable(folder) && Files.getFileStore(folder).equals(store)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static Disk open(Connection connection, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "alphakeep-bench", ".tmp");
        file.toFile().deleteOnExit();
        try {
            Disk disk = new Disk(connection, file, FileChannel.open(file, StandardOpenOption.WRITE));
            disk.fill();
            return disk;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Overwritten later as the log is: a file that grows costs the disk more. */
    private void fill() throws IOException {
        try {
            for (int i = 0; i < PAGES; i++) {
                write();
            }
            channel.force(true);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    void floor() throws IOException, SQLException {
        write();
        channel.force(false);
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
        }
    }

    private void write() throws IOException {
        page.clear();
        channel.write(page, (long) next * PAGE_BYTES);
        next = (next + 1) % PAGES;
    }

    @Override
    public void close() throws SQLException, IOException {
        channel.close();
        Files.deleteIfExists(file);
        connection.close();
    }
}
