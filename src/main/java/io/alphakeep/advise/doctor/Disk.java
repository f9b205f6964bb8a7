package io.alphakeep.advise.doctor;

import io.alphakeep.advise.seen.HostMachine;
import io.alphakeep.advise.seen.Machine;
import io.alphakeep.config.DatabaseUrl;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * What the data takes, and what is left where a server on this machine keeps it. SQL does not tell what is left on another
 * machine's disk, and that is said.
 */
final class Disk implements Look {

    private static final double MEBIBYTE = 1024.0 * 1024.0;
    private static final double GIBIBYTE = 1024.0 * MEBIBYTE;

    private static final double WARN_PERCENT = 10;
    private static final double FAIL_PERCENT = 2;

    // A role that may not know the folder finds no such setting.
    private static final String QUERY = """
            SELECT pg_database_size(current_database()) AS bytes, pg_backend_pid() AS process,
                   (SELECT setting FROM pg_settings WHERE name = 'data_directory') AS folder
            """;

    private final DatabaseUrl database;

    Disk(DatabaseUrl database) {
        this.database = database;
    }

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            String taken = String.format(Locale.ROOT, "the database takes %,.1f MiB", row.getLong("bytes") / MEBIBYTE);
            String folder = row.getString("folder");
            boolean here =
                    !HostMachine.behind(database).apply(row.getInt("process")).equals(Machine.UNKNOWN);
            return here && folder != null ? free(id, taken, Path.of(folder)) : notSeen(id, taken);
        }
    }

    private static Check free(String id, String taken, Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            return judge(id, taken, folder, store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException e) {
            return notSeen(id, taken);
        }
    }

    private static Check notSeen(String id, String taken) {
        return Check.ok(
                id,
                taken
                        + "; what is free on the server's disk was not looked at, it can't be seen from here: watch it there");
    }

    /** @param free bytes, of {@code all} on that file system */
    static Check judge(String id, String taken, Path folder, long free, long all) {
        double percent = all == 0 ? 0 : 100.0 * free / all;
        String seen = String.format(
                Locale.ROOT,
                "%s; %,.1f of %,.1f GiB are free (%.1f %%) where the server keeps it, %s",
                taken,
                free / GIBIBYTE,
                all / GIBIBYTE,
                percent,
                folder);
        String fix =
                "free some of it or add to it: a full disk takes no writes. alphakeep advise names what takes more than"
                        + " it has to";
        if (percent < FAIL_PERCENT) {
            return Check.fail(id, seen, fix);
        }
        return percent < WARN_PERCENT ? Check.warn(id, seen, fix) : Check.ok(id, seen);
    }
}
