package io.alphakeep.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The program's own table with the same rows in it before each turn, as vacuum leaves them. */
final class Stored implements AutoCloseable {

    private static final String SIZE = """
            SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits
            WHERE inhparent = 'alpha_market_data'::regclass
            """;

    private static final String DEAD = """
            SELECT coalesce(sum(n_dead_tup), 0) FROM pg_stat_user_tables
            WHERE schemaname = current_schema() AND relname LIKE 'alpha\\_market\\_data%'
            """;

    private final Connection connection;
    private final List<byte[]> rows;

    private Stored(Connection connection, List<byte[]> rows) {
        this.connection = connection;
        this.rows = rows;
    }

    static Stored of(Bench bench, List<SeriesBars> answers) throws SQLException {
        return new Stored(bench.target().connect(), CopyRows.encode(answers));
    }

    void restore() throws SQLException {
        Sql.run(connection, "TRUNCATE alpha_market_data");
        CopyRows.send(connection, "alpha_market_data", rows);
        Sql.run(connection, "VACUUM (ANALYZE) alpha_market_data");
        Sql.checkpoint(connection);
    }

    Footprint.Mark mark() throws SQLException {
        return new Footprint.Mark(
                Double.parseDouble(Sql.value(connection, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")),
                Sql.number(connection, SIZE),
                Sql.number(connection, DEAD));
    }

    /** A session tells what it did once a second at most, unless it is made to. */
    void tellStatistics(Connection writer) throws SQLException {
        Sql.value(writer, "SELECT pg_stat_force_next_flush()::text");
        writer.commit();
        Sql.value(writer, "SELECT 1");
        writer.commit();
    }

    void look(SameRows same, String technique) throws SQLException {
        same.look(connection, technique, "alpha_market_data");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
