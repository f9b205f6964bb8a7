package io.alphakeep.advise.doctor;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Schema;
import io.alphakeep.db.SqlState;
import io.alphakeep.db.Transactions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks at the database and at what is ours in it, and changes nothing. Every look reports, whatever the others met: where
 * the database is out of reach, or has no tables, those that need it say that they were not done.
 */
public final class Doctor {

    private static final List<String> IDS = List.of(
            "database",
            "tls",
            "writable",
            "clock",
            "connections",
            "extensions",
            "disk",
            "pooler",
            "schema",
            "mark",
            "privileges",
            "partitions",
            "indexes",
            "runs",
            "parked");

    private final Transactions transactions;
    private final Schema schema;
    private final Given given;
    private final Map<String, Look> server = new LinkedHashMap<>();
    private final Map<String, Look> tables = new LinkedHashMap<>();

    /** @param clock the host's, which is compared with the database's */
    public Doctor(Transactions transactions, Schema schema, Given given, Clock clock) {
        this.transactions = transactions;
        this.schema = schema;
        this.given = given;
        server.put("tls", new Tls(given.database().isLocal()));
        server.put("writable", new Writable());
        server.put("clock", new ClockSkew(clock));
        server.put("connections", new Connections(given.connections()));
        server.put("extensions", new Extensions());
        server.put("disk", new Disk(given.database()));
        tables.put("privileges", new Privileges(transactions.schema()));
        tables.put("partitions", new PartitionsAhead(transactions.schema(), given.monthsAhead(), clock));
        tables.put("indexes", new InvalidIndexes(transactions.schema()));
        tables.put("runs", new DeadRuns());
        tables.put("parked", new ParkedSeries());
    }

    /** All checks of the database, in the order in which they depend on each other. */
    public List<Check> examine() {
        List<Check> checks = new ArrayList<>();
        try {
            checks.add(transactions.run(c -> new Version(given.database()).at(c, "database")));
        } catch (DatabaseException e) {
            checks.add(trouble("database", e));
            skip(checks, "the database is out of reach");
            return checks;
        }
        server.forEach((id, look) -> checks.add(look(id, look)));
        checks.add(
                look("pooler", () -> new Pooler(transactions, given.database().isUnprepared()).look("pooler")));
        AtomicReference<Schema.State> state = new AtomicReference<>();
        checks.add(look("schema", () -> {
            state.set(schema.state());
            return Tables.of(state.get(), schema, transactions.schema(), "schema");
        }));
        if (state.get() == Schema.State.MISSING || state.get() == Schema.State.FOREIGN) {
            checks.add(Check.skipped("mark", "there are no tables of ours"));
            tables.keySet().forEach(id -> checks.add(Check.skipped(id, "there are no tables of ours")));
            return checks;
        }
        checks.add(look("mark", () -> Mark.of(schema.isDemo(), given.simulatedApi(), "mark")));
        tables.forEach((id, look) -> checks.add(look(id, look)));
        return checks;
    }

    /** The same where no database is known. */
    public static List<Check> withoutDatabase(String evidence, String fix) {
        List<Check> checks = skipped("no database is set");
        checks.set(0, Check.fail("database", evidence, fix));
        return checks;
    }

    /** The same where nothing can be looked at. */
    public static List<Check> skipped(String why) {
        return IDS.stream().map(id -> Check.skipped(id, why)).collect(Collectors.toCollection(ArrayList::new));
    }

    private void skip(List<Check> checks, String why) {
        server.keySet().forEach(id -> checks.add(Check.skipped(id, why)));
        List.of("pooler", "schema", "mark").forEach(id -> checks.add(Check.skipped(id, why)));
        tables.keySet().forEach(id -> checks.add(Check.skipped(id, why)));
    }

    private Check look(String id, Look look) {
        return look(id, () -> transactions.run(connection -> look.at(connection, id)));
    }

    /** What the database does to a look is a finding, too. */
    private static Check look(String id, Supplier<Check> look) {
        try {
            return look.get();
        } catch (DatabaseException e) {
            return trouble(id, e);
        } catch (Failure e) {
            return Check.fail(id, e.getMessage(), e.next());
        }
    }

    private static Check trouble(String id, DatabaseException e) {
        String refused = e.getMessage() + (e.state().isEmpty() ? "" : " (SQLSTATE " + e.state() + ")");
        if (e.kind() == SqlState.POOLER) {
            return Check.fail(id, refused, DatabaseUrl.UNPREPARED_FIX);
        }
        if (e.tlsFault().isPresent()) {
            return Check.fail(
                    id,
                    "the database " + e.tlsFault().get().what(),
                    e.tlsFault().get().next());
        }
        if (id.equals("database")) {
            return Check.fail(id, refused, fixOfReach(e));
        }
        return switch (e.kind()) {
            case ACCESS -> Check.fail(id, refused, "see privileges");
            case SCHEMA -> Check.fail(id, refused, "alphakeep migrate");
            default -> Check.fail(id, refused, "run doctor again; if it stays, look at the server's log");
        };
    }

    private static String fixOfReach(DatabaseException e) {
        return e.kind() == SqlState.ACCESS
                ? "check ALPHAKEEP_DATABASE_URL, ALPHAKEEP_DATABASE_USER and ALPHAKEEP_DATABASE_PASSWORD"
                : "check that it runs, that this host may reach it, and that ALPHAKEEP_DATABASE_URL is right";
    }
}
