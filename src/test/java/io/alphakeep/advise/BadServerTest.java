package io.alphakeep.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.seen.Machine;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.ObservedReader;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A server of its own, set up badly on purpose: what is bad is found, the script mends it, its undo brings it back.
 * Settings of a server that others use can't be spoiled.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadServerTest {

    private static final Machine MACHINE =
            new Machine(OptionalLong.of(16L << 30), OptionalInt.of(4), Optional.of(Machine.Storage.SSD), "--memory");

    /** What the script mends. */
    private static final List<String> MENDED = List.of(
            "autovacuum-off",
            "autovacuum-table",
            "checkpoint-timeout",
            "effective-cache-size",
            "index-duplicate alpha_request_twice",
            "index-invalid left_behind",
            "index-missing alpha_fundamental_data.idx_alpha_fund_market_cap_text",
            "index-missing alpha_fundamental_data.idx_alpha_fund_pe_ratio",
            "index-redundant alpha_watch_short",
            "log-min-duration",
            "maintenance-work-mem",
            "max-wal-size",
            "partitions-ahead",
            "random-page-cost",
            "shared-buffers",
            "temp-buffers",
            "work-mem");

    /** What no statement brings back. */
    private static final String DEAD = "table-bloat";

    /** What has to be looked at first, or mended elsewhere. */
    private static final List<String> LEFT = List.of(
            "fsync-off",
            "max-connections",
            "partition-default",
            "query-full-scan",
            "query-json-as-text",
            "replication-slot",
            // On the embedded server's command line, as fsync is.
            "synchronous-commit-off");

    private static EmbeddedPostgres server;
    private static DataSource source;
    private static Connection idle;

    @BeforeAll
    static void spoil() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("max_prepared_transactions", "2")
                .start();
        source = server.getPostgresDatabase();
        Transactions transactions = transactions(source);
        new Schema(TestDatabase.flyway(source, "public"), transactions).migrate(false);
        execute(Spoiled.STATEMENTS);
        Connection prepared = source.getConnection();
        try (prepared;
                Statement statement = prepared.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("LOCK TABLE alpha_tick IN ACCESS SHARE MODE");
            statement.execute("PREPARE TRANSACTION 'lost'");
        }
        Await.until("the settings are read", Duration.ofSeconds(30), () -> ids().contains("autovacuum-off"));
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        if (idle != null) {
            idle.close();
        }
        server.close();
    }

    private static Transactions transactions(DataSource from) {
        return new Transactions(from, "public", Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    /** Each by itself, in a session that has read the newest settings. */
    private static void execute(String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Advice advice() {
        return new Advisor(transactions(source), process -> MACHINE).advise();
    }

    /** The ids, with the index where it is about one. */
    private static TreeSet<String> ids() {
        return ids(advice());
    }

    private static TreeSet<String> ids(Advice advice) {
        TreeSet<String> ids = new TreeSet<>();
        advice.findings().stream()
                // Some builds have lz4; how often WAL buffers were full is the disk's; a flag of restart goes late.
                .filter(finding -> !Set.of("toast-compression", "wal-buffers", "restart-pending")
                        .contains(finding.id()))
                .forEach(finding ->
                        ids.add(finding.id() + (finding.id().startsWith("index-") ? " " + finding.subject() : "")));
        return ids;
    }

    private static List<String> sorted(List<String> some, List<String> more, String... others) {
        TreeSet<String> all = new TreeSet<>(some);
        all.addAll(more);
        Collections.addAll(all, others);
        return List.copyOf(all);
    }

    /** Settings are read by every process in its own time, and counters are written behind. */
    private static void finds(List<String> expected) {
        try {
            Await.until(
                    "what is found is as expected",
                    Duration.ofSeconds(30),
                    () -> List.copyOf(ids()).equals(expected));
        } catch (AssertionError e) {
            assertThat(ids()).containsExactlyElementsOf(expected);
        }
    }

    @Test
    @Order(1)
    void whatIsBadIsFound() {
        finds(sorted(MENDED, LEFT, DEAD));
        Advice advice = advice();
        assertThat(advice.findings())
                .filteredOn(finding -> finding.id().equals(DEAD))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence()).contains("12,000 rows, 100 % (by pgstattuple)"));
        assertThat(advice.findings())
                .filteredOn(finding -> finding.id().equals("query-full-scan"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.next()).contains("generated columns"));
        assertThat(advice.unseen()).isEmpty();
    }

    @Test
    @Order(2)
    void openTransactionsAreSeen() throws SQLException {
        idle = source.getConnection();
        idle.setAutoCommit(false);
        int pid;
        try (Statement statement = idle.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            pid = row.getInt(1);
        }
        Observed observed = new ObservedReader(transactions(source), process -> Machine.UNKNOWN).read();
        assertThat(observed.sessions())
                .anySatisfy(session -> {
                    assertThat(session.pid()).isEqualTo(pid);
                    assertThat(session.state()).isEqualTo("idle in transaction");
                    assertThat(session.ours()).isFalse();
                })
                .anySatisfy(session -> {
                    assertThat(session.who()).isEqualTo("lost");
                    assertThat(session.state()).isEqualTo("prepared");
                });
        // What ends it finds it, and only it.
        String started = observed.sessions().stream()
                .filter(session -> session.pid() == pid)
                .findFirst()
                .orElseThrow()
                .started();
        assertThat(transactions(source).<Boolean>run(c -> {
                    try (Statement statement = c.createStatement();
                            ResultSet row = statement.executeQuery(
                                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = " + pid
                                            + " AND xact_start = '" + started + "'")) {
                        return row.next() && row.getBoolean(1);
                    }
                }))
                .isTrue();
        idle.close();
        idle = null;
        // It would hold up what the script builds.
        assertThat(observed.ages()).isNotEmpty();
        assertThat(observed.oldest()).isNotEmpty();
    }

    /** A role that may see nothing is told so; one with pg_monitor sees all, and needs to write nothing. */
    @Test
    @Order(3)
    void whatARoleMaySeeIsSaidAndNotGuessed() throws SQLException {
        execute(
                "CREATE ROLE stranger LOGIN",
                "CREATE ROLE watcher LOGIN IN ROLE pg_monitor",
                "ALTER ROLE watcher SET default_transaction_read_only = on");
        idle = source.getConnection();
        idle.setAutoCommit(false);
        try (Statement statement = idle.createStatement()) {
            statement.execute("SELECT 1");
        }
        Advice less =
                new Advisor(transactions(server.getDatabase("stranger", "postgres")), process -> MACHINE).advise();
        assertThat(less.unseen())
                .anySatisfy(line -> assertThat(line).contains("sessions of other roles", "GRANT pg_monitor"))
                .anySatisfy(line -> assertThat(line).contains("queries of other roles"))
                .anySatisfy(line -> assertThat(line).contains("pgstattuple"));
        assertThat(less.findings())
                .extracting(Finding::id)
                .contains("shared-buffers", "index-duplicate", "index-invalid", "partitions-ahead", DEAD)
                .doesNotContain("query-json-as-text");
        Advice all = new Advisor(transactions(server.getDatabase("watcher", "postgres")), process -> MACHINE).advise();
        assertThat(all.unseen()).isEmpty();
        assertThat(all.findings()).extracting(Finding::id).contains("query-json-as-text", DEAD);
        idle.close();
        idle = null;
    }

    /** HypoPG is in no package that tests could use: a stand-in of its two functions makes the index for real. */
    @Test
    @Order(4)
    void whatAMissingIndexIsWorthIsSaidWhereHypoPgIs() throws SQLException {
        execute(
                "CREATE SCHEMA hypo",
                "INSERT INTO pg_extension VALUES (99999, 'hypopg', 10, 'hypo'::regnamespace, false, '1.4')",
                "CREATE FUNCTION hypo.hypopg_create_index(sql text, OUT indexrelid oid) LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE sql; SELECT max(oid) INTO indexrelid FROM pg_class WHERE relkind = 'i'; END $$",
                "CREATE FUNCTION hypo.hypopg_drop_index(i oid) RETURNS boolean LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE 'DROP INDEX ' || i::regclass; RETURN true; END $$");
        assertThat(advice().findings())
                .filteredOn(finding -> finding.id().equals("index-missing"))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.evidence())
                        .matches(".*; the planner's cost [\\d,]{3,} without it, [\\d,]+ with it \\(HypoPG\\)"));
        execute("DELETE FROM pg_extension WHERE oid = 99999", "DROP SCHEMA hypo CASCADE");
    }

    @Test
    @Order(5)
    void theScriptMendsItAndItsUndoBringsItBack() throws SQLException {
        List<String> lines = Script.of(advice()).lines().toList();
        List<String> run = new ArrayList<>();
        List<String> undo = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !line.startsWith("-- ")) {
                run.add(line);
                if (i + 1 < lines.size() && lines.get(i + 1).endsWith(";")) {
                    undo.add(lines.get(i + 1).replaceFirst("^-- undo: ", ""));
                }
            }
        }
        execute(run.toArray(String[]::new));
        finds(LEFT);
        assertThat(advice().findings()).anyMatch(finding -> finding.id().equals("restart-pending"));

        Collections.reverse(undo);
        undo.add("SELECT pg_reload_conf()");
        execute(undo.toArray(String[]::new));
        List<String> back = new ArrayList<>(MENDED);
        // The undo of dropping an invalid index builds it whole.
        back.remove("index-invalid left_behind");
        finds(sorted(back, LEFT));
    }
}
