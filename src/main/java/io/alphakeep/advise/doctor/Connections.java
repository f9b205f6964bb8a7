package io.alphakeep.advise.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The server has room for the connections of one more run. */
final class Connections implements Look {

    // reserved_connections came with PostgreSQL 16. The limits of the role and the database are -1 where there are
    // none.
    private static final String QUERY = """
            WITH used AS (SELECT count(*) AS server,
                                 count(*) FILTER (WHERE usename = current_user) AS role,
                                 count(*) FILTER (WHERE datname = current_database()) AS database
                          FROM pg_stat_activity WHERE backend_type = 'client backend'),
                 most AS (SELECT current_setting('max_connections')::int
                                 - current_setting('superuser_reserved_connections')::int
                                 - coalesce(current_setting('reserved_connections', true)::int, 0) AS server,
                                 (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user) AS role,
                                 (SELECT datconnlimit FROM pg_database WHERE datname = current_database()) AS database)
            SELECT most.server, used.server AS used,
                   least(most.server - used.server,
                         CASE WHEN most.role >= 0 THEN most.role - used.role END,
                         CASE WHEN most.database >= 0 THEN most.database - used.database END) AS free
            FROM used, most
            """;

    private final int needed;

    Connections(int needed) {
        this.needed = needed;
    }

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return judge(id, row.getInt("server"), row.getInt("used"), row.getInt("free"), needed);
        }
    }

    static Check judge(String id, int most, int used, int free, int needed) {
        String seen = used + " of " + most + " connections are in use, room for " + Math.max(0, free)
                + " by the limits of server, database and role; a run needs up to " + needed;
        return free >= needed
                ? Check.ok(id, seen)
                : Check.warn(
                        id,
                        seen,
                        "lower ALPHAKEEP_RUN_WORKERS, raise max_connections (or the CONNECTION LIMIT of role or database), or"
                                + " put a pooler in between");
    }
}
