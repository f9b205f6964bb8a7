package io.alphakeep.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.seen.Machine;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.ObservedReader;
import io.alphakeep.observe.StatementGauges;
import io.alphakeep.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every rule on a server of its own, seen silent and seen firing: first all is well, then the server is set up badly on
 * purpose, then the script mends it, and its undo brings it back. Settings of a server that others use can't be spoiled.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadServerTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Machine MACHINE =
            new Machine(OptionalLong.of(1L << 30), OptionalInt.of(4), Optional.of(Machine.Storage.SSD), "--memory");

    @TempDir
    private static Path folder;

    private static OwnServer server;
    private static boolean lz4;
    private static String thisMonth;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = OwnServer.embedded(folder);
        lz4 = server.column("SELECT unnest(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")
                .contains("lz4");
        thisMonth = server.column(Spoiled.THIS_MONTH).get(0);
        server.execute(
                "ALTER SYSTEM SET shared_preload_libraries = pg_stat_statements",
                "ALTER SYSTEM SET max_prepared_transactions = 2",
                "ALTER SYSTEM SET wal_buffers = -1",
                "ALTER SYSTEM SET autovacuum_freeze_max_age = 100000");
        server.restart();
        server.execute("CREATE EXTENSION pg_stat_statements", "CREATE EXTENSION pgstattuple");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static Advice advice() {
        return adviceFor("postgres");
    }

    private static List<String> bad() {
        return Spoiled.found(thisMonth, lz4);
    }

    private static void finds(List<String> expected) {
        Told.finds(BadServerTest::advice, expected, LONG);
    }

    private static Finding only(String id) {
        return Told.only(advice(), id);
    }

    @Test
    @Order(1)
    void onAFreshServerThatTookItsAdviceNothingIsFound() throws SQLException {
        assertThat(Told.ids(advice()))
                .contains("effective-cache-size", "partitions-ahead", "random-page-cost")
                .doesNotContain("fsync-off", "wal-buffers");
        server.execute(Told.script(advice()));
        finds(List.of());
        assertThat(advice().unseen()).isEmpty();
    }

    @Test
    @Order(2)
    void whatIsBadIsFound() throws IOException, SQLException {
        server.configure(Spoiled.CONFIGURED);
        server.execute(Spoiled.SETTINGS);
        if (lz4) {
            server.execute("ALTER SYSTEM SET default_toast_compression = pglz");
        }
        server.execute("SELECT pg_reload_conf()");
        Await.until("the settings are read", LONG, () -> Told.ids(advice()).contains("restart-pending"));
        server.restart();
        server.execute(Spoiled.OBJECTS);
        server.execute("BEGIN", "LOCK TABLE alpha_watch IN ROW EXCLUSIVE MODE", "PREPARE TRANSACTION 'lost'");
        Await.until(
                "a build breaks off behind it",
                LONG,
                () -> server.fails(
                                "SET lock_timeout = '100ms'",
                                "CREATE INDEX CONCURRENTLY left_behind ON alpha_watch (from_date)")
                        .equals("55P03"));
        finds(bad());
        assertThat(only("table-bloat").evidence()).contains("12,000 rows, 100 % (by pgstattuple)");
        assertThat(only("query-full-scan").next()).contains("generated columns");
        assertThat(only("table-free-space").evidence()).matches("\\d\\d % of 1\\d(\\.\\d)? MiB is free .*");
        assertThat(advice().unseen()).isEmpty();
    }

    /** A role that may see nothing is told so; one with pg_monitor sees all, and needs to write nothing. */
    @Test
    @Order(3)
    void whatARoleMaySeeIsSaidAndNotGuessed() throws SQLException {
        server.execute(
                "CREATE ROLE stranger LOGIN",
                "CREATE ROLE watcher LOGIN IN ROLE pg_monitor",
                "ALTER ROLE watcher SET default_transaction_read_only = on");
        try (Connection idle = server.source("postgres").getConnection();
                Statement statement = idle.createStatement()) {
            idle.setAutoCommit(false);
            statement.execute("LOCK TABLE alpha_tick IN ROW EXCLUSIVE MODE");
            Advice less = adviceFor("stranger");
            assertThat(less.unseen())
                    .anySatisfy(line -> assertThat(line).contains("sessions of other roles", "GRANT pg_monitor"))
                    .anySatisfy(line -> assertThat(line).contains("queries of other roles"))
                    .anySatisfy(line -> assertThat(line).contains("pgstattuple"));
            assertThat(less.findings())
                    .extracting(Finding::id)
                    .contains("shared-buffers", "index-duplicate", "index-invalid", "partitions-ahead", "table-bloat")
                    .doesNotContain("query-json-as-text");
            Advice all = adviceFor("watcher");
            assertThat(all.unseen()).isEmpty();
            assertThat(all.findings()).extracting(Finding::id).contains("query-json-as-text", "table-bloat");
            CompletableFuture<String> builds = CompletableFuture.supplyAsync(
                    () -> server.fails("CREATE INDEX CONCURRENTLY being_built ON alpha_tick ((1))"));
            Await.until(
                    "a build waits for the open transaction",
                    LONG,
                    () -> server.column("SELECT index_relid::regclass FROM pg_stat_progress_create_index")
                            .contains("being_built"));
            less = adviceFor("stranger");
            assertThat(less.unseen())
                    .anyMatch(line -> line.startsWith("2 invalid indexes: another role builds one now"));
            assertThat(Told.ids(less)).doesNotContain("index-invalid left_behind");
            assertThat(Told.ids(adviceFor("watcher")))
                    .contains("index-invalid left_behind")
                    .doesNotContain("index-invalid being_built");
            idle.commit();
            assertThat(builds.join()).isEmpty();
            server.execute("DROP INDEX being_built");
        }
    }

    private static Advice adviceFor(String role) {
        return new Advisor(server.transactions(role), process -> MACHINE).advise();
    }

    /** What has stood open since an hour is told, and ended by what is advised: real sessions, of which time alone is made up. */
    @Test
    @Order(4)
    void whatStandsOpenIsFoundWithTime() throws SQLException {
        Connection idle = server.source("postgres").getConnection();
        try (Connection works = server.source("postgres").getConnection();
                idle;
                Statement begins = idle.createStatement();
                Statement query = works.createStatement()) {
            idle.setAutoCommit(false);
            begins.execute("SELECT 1");
            CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> {
                try {
                    return query.execute("SELECT pg_sleep(600)");
                } catch (SQLException e) {
                    return e.getSQLState().equals("57P01");
                }
            });
            Await.until(
                    "it works", LONG, () -> Aged.byAnHour(observed()).sessions().size() == 3);
            Advice advice = Advisor.judge(Aged.byAnHour(observed()));
            TreeSet<String> expected = new TreeSet<>(bad());
            expected.addAll(Spoiled.WITH_TIME);
            // What is to be dropped is not to be built anew.
            expected.remove("index-bloat alpha_sparse_digest");
            assertThat(Told.ids(advice)).containsExactlyElementsOf(expected);

            List<Change> ends = Told.changes(advice, true).stream()
                    .filter(change -> change.sql().contains("pg_terminate_backend")
                            || change.sql().contains("PREPARED"))
                    .toList();
            assertThat(ends).hasSize(3);
            server.execute(ends.stream().map(Change::sql).toList());
            assertThat(ended.join()).as("it was ended").isTrue();
            assertThat(Aged.byAnHour(observed()).sessions()).isEmpty();
            String flag = "SELECT indexdef FROM pg_indexes WHERE indexname LIKE '%_flag%' ORDER BY 1";
            List<String> before = server.column(flag);
            Change drop = Told.change(advice, "alpha_market_flag");
            server.execute(drop.sql());
            assertThat(server.column(flag)).as("with those of the partitions").isEmpty();
            server.execute(drop.undo());
            assertThat(server.column(flag)).hasSizeGreaterThan(1).isEqualTo(before);
        }
    }

    private static Observed observed() {
        return new ObservedReader(server.transactions("postgres"), process -> MACHINE).read();
    }

    @Test
    @Order(5)
    void theScriptMendsItAndItsUndoBringsItBack() throws IOException, SQLException {
        List<String> before = server.state();
        Advice advice = advice();
        List<Change> review = Told.changes(advice, true);
        List<Change> unseen = Told.changes(advice, false);
        for (Change change : review) {
            server.execute(change.sql());
        }
        List<String> script = Told.script(advice);
        assertThat(script)
                .containsAll(unseen.stream().map(change -> change.sql() + ";").toList());
        server.execute(script);
        assertThat(Told.ids(advice())).contains("restart-pending");
        server.restart();
        server.execute(Spoiled.BY_HAND);
        finds(List.of());
        assertThat(server.state()).isNotEqualTo(before);

        List<String> undo = new ArrayList<>(review.stream().map(Change::undo).toList());
        undo.addAll(unseen.stream().map(Change::undo).toList());
        undo.removeIf(String::isEmpty);
        Collections.reverse(undo);
        server.execute("DROP INDEX by_age");
        server.execute(undo);
        server.restart();
        assertThat(server.state()).isEqualTo(before);
        assertThat(Told.ids(advice()))
                .containsAll(Spoiled.MENDED.stream()
                        // Its table has been measured since.
                        .filter(id -> !id.equals("autovacuum-scale"))
                        .toList());
    }

    @Test
    @Order(6)
    void withoutCountersAutovacuumIsBlind() throws SQLException {
        server.execute("ALTER SYSTEM SET track_counts = off", "SELECT pg_reload_conf()");
        Await.until("it is read", LONG, () -> Told.ids(advice()).contains("track-counts-off"));
        server.execute(only("track-counts-off").changes().get(0).sql(), "SELECT pg_reload_conf()");
        Await.until("it is mended", LONG, () -> !Told.ids(advice()).contains("track-counts-off"));
    }

    /** Behind a prepared transaction nothing is frozen. */
    @Test
    @Order(7)
    void oldTransactionsAreFound() throws SQLException {
        server.execute("BEGIN", "LOCK TABLE alpha_tick IN ROW EXCLUSIVE MODE", "PREPARE TRANSACTION 'lost'");
        server.execute("DO $$ BEGIN FOR i IN 1..151000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");
        Finding here = wraparound().orElseThrow();
        assertThat(here.changes()).extracting(Change::sql).containsExactly("VACUUM (FREEZE)");
        server.execute("ROLLBACK PREPARED 'lost'", here.changes().get(0).sql());
        Await.until("here all is frozen", LONG, () -> wraparound().isEmpty());
    }

    private static Optional<Finding> wraparound() {
        return Told.all(advice(), "wraparound").stream()
                .filter(finding -> finding.subject().equals("postgres"))
                .findFirst();
    }

    /** No other server of the tests loads what counts them. */
    @Test
    @Order(9)
    void slowStatementsAreToldByTheGauges() throws SQLException {
        server.execute("SELECT pg_stat_statements_reset()");
        assertThat(StatementGauges.of(server.transactions("postgres")).get(0)).isZero();
        server.execute("SELECT pg_sleep(1.05)");
        List<Double> told = StatementGauges.of(server.transactions("postgres"));
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isEqualTo(1);
        assertThat(told.get(1)).isBetween(1.05, 30.0);
        server.execute("DROP EXTENSION pg_stat_statements");
        assertThat(StatementGauges.of(server.transactions("postgres"))).isEmpty();
    }
}
