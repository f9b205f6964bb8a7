package io.alphakeep.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What no commit can be faster than: a write of one page that the disk confirms, and a round trip to the server. */
final class Disk implements AutoCloseable {

    private static final int PAGE_BYTES = 8_192;
    private static final int PAGES = 64;

    private final boolean tells;
    private final Connection connection;
    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
    private int next;

    private Disk(boolean tells, Connection connection, Path file, FileChannel channel) {
        this.tells = tells;
        this.connection = connection;
        this.file = file;
        this.channel = channel;
    }

    static Disk of(Bench bench) throws SQLException, IOException {
        Connection connection = bench.target().connect();
        try {
            boolean tells = Surroundings.isLoopback(connection);
            Path file = Files.createTempFile(folder(connection), "alphakeep-bench", ".tmp");
            file.toFile().deleteOnExit();
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            Disk disk = new Disk(tells, connection, file, channel);
            // Overwritten as the log is: a file that grows costs the disk more.
            for (int i = 0; i < PAGES; i++) {
                disk.write();
            }
            channel.force(true);
            return disk;
        } catch (SQLException | IOException e) {
            connection.close();
            throw e;
        }
    }

    /** Beside the server's data where we may write there, else the working folder. */
    private static Path folder(Connection connection) {
        try {
            Path data = Path.of(Sql.value(connection, "SHOW data_directory"));
            Path beside = data.getParent();
            if (beside != null && Files.isDirectory(data) && Files.isWritable(beside)) {
                return beside;
            }
        } catch (SQLException ignored) {
            // Only some roles may see it.
        }
        return Path.of("").toAbsolutePath();
    }

    /** Whether the server's disk can be this one. */
    boolean tells() {
        return tells;
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
