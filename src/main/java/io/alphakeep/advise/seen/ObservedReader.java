package io.alphakeep.advise.seen;

import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Reads all that the rules judge by. Catalogues and statistics alone, no table of ours: it costs little and needs no rights
 * on them. A part that does not answer is said, and does not keep the others from being read.
 */
public final class ObservedReader {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final IntFunction<Machine> machine;
    private final List<String> unseen = new ArrayList<>();

    /**
     * @param transactions whose limit on one statement is kept to
     * @param machine of the server, from the process id of one of its sessions
     */
    public ObservedReader(Transactions transactions, IntFunction<Machine> machine) {
        this.transactions = transactions.withLockTimeout(LOCK_TIMEOUT);
        this.machine = machine;
    }

    /**
     * @throws DatabaseException when the database is out of reach
     * @throws Failure when it has no such schema: nothing that is of interest would be seen
     */
    public Observed read() {
        unseen.clear();
        String schema = transactions.schema();
        requireSchema(schema);
        ServerReader servers = new ServerReader(schema);
        Machine seen = machine.apply(transactions.run(ServerReader::process));
        Server server = transactions.run(servers::read);
        RelationReader relations = new RelationReader(schema);
        List<Table> tables = part("tables", c -> relations.tables(c));
        if (tables.isEmpty()) {
            unseen.add("tables, indexes and partitions: schema " + schema + " has no table named alpha_…; set"
                    + " ALPHAKEEP_SCHEMA to the one that they are in, or make them with: alphakeep migrate");
        }
        List<Table> measured = new PgStatTuple(transactions, unseen).measure(tables);
        List<Index> indexes = part("indexes", c -> new IndexReader(schema, unseen).read(c));
        List<Observed.Partition> partitions = part("partitions", relations::partitions);
        ActivityReader activity = new ActivityReader();
        List<Observed.Session> sessions = part("sessions", activity::sessions);
        part("sessions of others", c -> hidden(activity.hidden(c)));
        List<Observed.Slot> slots = part("replication slots", activity::slots);
        List<Observed.Age> ages = part("age of the databases", activity::databases);
        List<Observed.Age> oldest = part("age of the tables", activity::tables);
        List<Observed.Query> queries = part("queries", this::queries);
        return new Observed(
                seen, server, measured, indexes, partitions, sessions, slots, queries, ages, oldest, unseen);
    }

    private void requireSchema(String schema) {
        List<Boolean> found = transactions.run(
                c -> rows(c, "SELECT true FROM pg_namespace WHERE nspname = ?", row -> row.getBoolean(1), schema));
        if (found.isEmpty()) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    "the database has no schema " + schema,
                    "set ALPHAKEEP_SCHEMA to the one that the tables are in, or make them with: alphakeep migrate");
        }
    }

    private List<Object> hidden(long sessions) {
        if (sessions > 0) {
            unseen.add(
                    sessions + " sessions of other roles: what they do may not be seen; GRANT pg_monitor TO this role");
        }
        return List.of();
    }

    private List<Observed.Query> queries(Connection connection) throws SQLException {
        QueryReader reader = new QueryReader();
        String where = reader.schema(connection);
        if (where.isEmpty()) {
            unseen.add("queries: the extension pg_stat_statements is not installed in this database");
            return List.of();
        }
        long hidden = reader.hidden(connection, where);
        if (hidden > 0) {
            unseen.add(hidden + " queries of other roles: their text may not be seen; GRANT pg_monitor TO this role");
        }
        return reader.read(connection, where);
    }

    private <T> List<T> part(String name, Transactions.Work<List<T>> work) {
        try {
            return transactions.run(work);
        } catch (DatabaseException e) {
            if (isGone(e)) {
                throw e;
            }
            unseen.add(name + ": " + e.getMessage());
            return List.of();
        }
    }

    static boolean isGone(DatabaseException e) {
        return e.state().isEmpty() || e.state().startsWith("08") || e.state().startsWith("57P");
    }

    /** Binds texts, and reads each row. */
    static <T> List<T> rows(Connection connection, String sql, RowReader<T> reader, String... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(reader.read(result));
                }
                return rows;
            }
        }
    }

    /** One row → one record. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
