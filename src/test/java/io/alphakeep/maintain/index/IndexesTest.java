package io.alphakeep.maintain.index;

import static io.alphakeep.maintain.index.Warehouse.NOW;
import static io.alphakeep.maintain.index.Warehouse.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.maintain.StepResult;
import io.alphakeep.maintain.StepResult.Outcome;
import io.alphakeep.maintain.index.Warehouse.Session;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class IndexesTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final IndexPolicy POLICY = IndexPolicy.DEFAULT;
    private static final String SEPTEMBER = "alpha_market_data_2026_09";
    private static final String INDEX = IndexName.of(SEPTEMBER, POLICY);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Warehouse warehouse;

    @BeforeAll
    static void fill() {
        warehouse = new Warehouse(DATABASE);
        try (Session session = warehouse.session()) {
            session.execute(
                            "SELECT create_yearly_partition('alpha_market_data', '2024-01-01')",
                            "SELECT create_monthly_partition('alpha_market_data', '2026-02-01')",
                            "SELECT create_monthly_partition('alpha_market_data', '2026-09-01')",
                            "SELECT create_monthly_partition('alpha_market_data', '2026-12-01')")
                    .insert("IBM", "2024-05-06")
                    .insert("IBM", "2026-02-03")
                    .insert("IBM", "2026-09-01")
                    .execute("CREATE INDEX mine ON " + SEPTEMBER + " (updated_at)")
                    .commit();
        }
    }

    @BeforeEach
    void withoutIndexes() {
        pass(warehouse.indexes(NOW));
        assertThat(warehouse.there()).isEmpty();
    }

    private static IndexStep first(Indexes indexes) {
        return indexes.plan().get(0);
    }

    /** The step of the month that has rows. */
    private static IndexStep september(Indexes indexes) {
        return indexes.plan().stream()
                .filter(step -> step.partition().equals(SEPTEMBER))
                .findFirst()
                .orElseThrow();
    }

    private static void untilWaiting(String what) {
        Await.until(
                what + " waits",
                Duration.ofSeconds(20),
                () -> DATABASE.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND query LIKE '%" + what
                                + "%' AND pid <> pg_backend_pid()")
                        .equals("1"));
    }

    /** A build that was cancelled while it waited for a snapshot: what is left of it is there, and not valid. */
    private static void leaveWreck(String sql) {
        try (Session reader = warehouse.session().repeatableRead()) {
            CompletableFuture<Void> build = background(sql);
            untilWaiting("INDEX CONCURRENTLY");
            DATABASE.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                    + " WHERE query LIKE '%INDEX CONCURRENTLY%' AND pid <> pg_backend_pid()");
            build.exceptionally(cancelled -> null).join();
            reader.commit();
        }
    }

    private static CompletableFuture<Void> background(String sql) {
        return CompletableFuture.runAsync(() -> {
            try (Connection connection = DATABASE.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void makesWhatIsMissingOnceAndDropsWhatLeftTheWindow() {
        Indexes indexes = warehouse.indexes(NOW, POLICY);
        StepResult result = indexes.run(september(indexes));
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.detail()).matches("built, \\d+ kB");
        assertThat(pass(indexes)).containsExactly("create_index alpha_market_data_2026_12 DONE");
        assertThat(warehouse.there()).containsExactly(INDEX, IndexName.of("alpha_market_data_2026_12", POLICY));
        assertThat(indexes.plan()).isEmpty();
        assertThat(pass(warehouse.indexes(NOW.plus(Duration.ofDays(220)), POLICY)))
                .containsExactly("drop_index " + SEPTEMBER + " DONE");
        assertThat(warehouse.there()).containsExactly(IndexName.of("alpha_market_data_2026_12", POLICY));
        assertThat(DATABASE.value("SELECT count(*) FROM pg_class WHERE relname = 'mine'"))
                .isEqualTo("1");
    }

    @Test
    void aChangedPolicyIsBuiltBeforeTheFormerIndexGoes() {
        pass(warehouse.indexes(NOW, POLICY));
        IndexPolicy changed = IndexPolicy.parse(POLICY.name(), "ticker,timestamp include close_price days 30");
        assertThat(pass(warehouse.indexes(NOW, changed)))
                .containsExactly(
                        "create_index alpha_market_data_2026_12 DONE",
                        "create_index alpha_market_data_2026_09 DONE",
                        "drop_index alpha_market_data_2026_12 DONE",
                        "drop_index alpha_market_data_2026_09 DONE");
        assertThat(warehouse.there())
                .containsExactly(IndexName.of(SEPTEMBER, changed), IndexName.of("alpha_market_data_2026_12", changed));
        assertThat(DATABASE.value("SELECT pg_get_indexdef(c.oid) FROM pg_class c WHERE relname = '"
                        + IndexName.of(SEPTEMBER, changed) + "'"))
                .endsWith("USING btree (ticker, \"timestamp\") INCLUDE (close_price)");
    }

    @Test
    void aLeftoverIsFoundAndRemovedOnceAndTheIndexMadeAnew() {
        Indexes indexes = warehouse.indexes(NOW, POLICY);
        leaveWreck(september(indexes).statement());
        assertThat(warehouse.there()).containsExactly(INDEX + "!");
        assertThat(first(indexes).why()).contains("invalid");
        assertThat(pass(indexes))
                .containsExactly(
                        "drop_leftover_index " + SEPTEMBER + " DONE",
                        "create_index alpha_market_data_2026_12 DONE",
                        "create_index " + SEPTEMBER + " DONE");
        assertThat(warehouse.there()).contains(INDEX).noneMatch(name -> name.endsWith("!"));
    }

    @Test
    void theWreckOfSomebodyElseIsLeftAlone() {
        String schema = "\"my Wh\".";
        // By its name it could be ours, but none of ours is unique.
        String name = SEPTEMBER + "_unique_0123abcd";
        leaveWreck("CREATE UNIQUE INDEX CONCURRENTLY \"" + name + "\" ON " + schema + SEPTEMBER
                + " (ticker, \"timestamp\")");
        try {
            assertThat(warehouse.there()).containsExactly(name + "!");
            assertThat(warehouse.indexes(NOW).plan()).isEmpty();
        } finally {
            DATABASE.execute("DROP INDEX " + schema + name);
        }
    }

    @Test
    void anOldSnapshotPostponesWithItsHolderNamedAndNothingIsBegun() {
        Indexes indexes = warehouse.indexes(NOW, LONG, Duration.ofMillis(300), POLICY);
        try (Session reader = warehouse.session().repeatableRead()) {
            untilOld(reader);
            StepResult result = indexes.run(september(indexes));
            assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
            assertThat(result.detail())
                    .contains("process " + reader.pid)
                    .contains("the owner")
                    .contains("idle in transaction")
                    .contains("has held a snapshot");
            assertThat(warehouse.there()).isEmpty();
        }
    }

    @Test
    void anOldSnapshotOfAnotherRoleIsSeenToo() {
        Indexes indexes = warehouse.indexes(NOW, LONG, Duration.ofMillis(600), POLICY);
        try (Session reader = new Session(DATABASE.dataSource()).repeatableRead()) {
            StepResult result = indexes.run(september(indexes));
            assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
            assertThat(result.detail()).contains("process " + reader.pid).contains("has held a snapshot for 600 ms");
            assertThat(warehouse.there()).isEmpty();
        }
        assertThat(indexes.run(september(indexes)).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void aWriterThatIdlesInItsTransactionPostponesAndNothingIsBegun() {
        Indexes indexes = warehouse.indexes(NOW, LONG, Duration.ofMillis(300), POLICY);
        try (Session writer = warehouse.session().insert("IDLE", "2026-09-02")) {
            untilOld(writer);
            StepResult result = indexes.run(september(indexes));
            assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
            assertThat(result.detail()).contains("process " + writer.pid).contains("lock on " + SEPTEMBER);
            assertThat(warehouse.there()).isEmpty();
        }
    }

    @Test
    void aReaderOfThePartitionPostponesTheDrop() {
        pass(warehouse.indexes(NOW, POLICY));
        Indexes none = warehouse.indexes(NOW, LONG, Duration.ofMillis(300));
        try (Session reader = warehouse.session().execute("SELECT count(*) FROM " + SEPTEMBER)) {
            untilOld(reader);
            StepResult result = none.run(september(none));
            assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
            assertThat(result.detail()).contains("process " + reader.pid);
            assertThat(warehouse.there()).contains(INDEX);
        }
    }

    @Test
    void aSnapshotElsewhereDoesNotHoldUpADrop() {
        pass(warehouse.indexes(NOW, POLICY));
        Indexes none = warehouse.indexes(NOW, LONG, Duration.ZERO);
        try (Session reader = warehouse.session().repeatableRead()) {
            assertThat(none.run(september(none)).outcome()).isEqualTo(Outcome.DONE);
            reader.commit();
        }
    }

    private static void untilOld(Session session) {
        Await.until(
                "the transaction is old",
                Duration.ofSeconds(5),
                () -> DATABASE.value("SELECT clock_timestamp() - xact_start > interval '300 ms' FROM pg_stat_activity"
                                + " WHERE pid = " + session.pid)
                        .equals("t"));
    }

    @Test
    void aSnapshotTakenAfterTheLookEndsTheBuildAndNothingStays() {
        // To the look it is young.
        Indexes indexes = warehouse.indexes(NOW, SHORT, LONG, POLICY);
        try (Session reader = warehouse.session().repeatableRead()) {
            StepResult result = indexes.run(september(indexes));
            assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
            assertThat(result.detail())
                    .isEqualTo("waited 500 ms for the session of process " + reader.pid + "; what it left was removed");
            assertThat(warehouse.there()).isEmpty();
        }
        assertThat(indexes.run(september(indexes)).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void whatCannotBeRemovedAtOnceIsRemovedByTheNextPass() {
        Indexes indexes = warehouse.indexes(NOW, SHORT, LONG, POLICY);
        try (Session reader = warehouse.session().repeatableRead().execute("SELECT count(*) FROM " + SEPTEMBER)) {
            StepResult result = indexes.run(september(indexes));
            assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
            assertThat(result.detail()).contains("process " + reader.pid).contains("by the next pass");
            assertThat(warehouse.there()).containsExactly(INDEX + "!");
            assertThat(pass(indexes)).contains("drop_leftover_index " + SEPTEMBER + " POSTPONED");
        }
        assertThat(pass(indexes)).startsWith("drop_leftover_index " + SEPTEMBER + " DONE");
        assertThat(warehouse.there()).contains(INDEX);
        assertThat(indexes.plan()).isEmpty();
    }

    @Test
    void writersAreNotHeldUpByABuildThatWaits() {
        Indexes indexes = warehouse.indexes(NOW, LONG, LONG, POLICY);
        IndexStep step = september(indexes);
        CompletableFuture<StepResult> build;
        try (Session blocker = warehouse.session().insert("BLOCKER", "2026-09-02")) {
            build = CompletableFuture.supplyAsync(() -> indexes.run(step));
            untilWaiting("CREATE INDEX CONCURRENTLY");
            // What another session builds, under way as it is, is no leftover.
            assertThat(warehouse.indexes(NOW, POLICY).plan())
                    .noneMatch(other -> other.partition().equals(SEPTEMBER));
            for (int i = 0; i < 5; i++) {
                try (Session writer = warehouse.session()) {
                    writer.execute("SET LOCAL lock_timeout = '200 ms'")
                            .insert("WRITER" + i, "2026-09-03")
                            .execute("UPDATE alpha_market_data SET volume = 1 WHERE ticker = 'WRITER" + i + "'")
                            .commit();
                }
            }
            assertThat(build).isNotDone();
            blocker.commit();
        }
        assertThat(build.join().outcome()).isEqualTo(Outcome.DONE);
        assertThat(DATABASE.value("SELECT count(*) FROM \"my Wh\".alpha_market_data WHERE ticker LIKE 'WRITER%'"))
                .isEqualTo("5");
        assertThat(warehouse.there()).containsExactly(INDEX);
    }

    @Test
    void writersAreNotHeldUpByADropThatWaits() {
        pass(warehouse.indexes(NOW, POLICY));
        Indexes none = warehouse.indexes(NOW, LONG, LONG);
        IndexStep step = september(none);
        CompletableFuture<StepResult> drop;
        try (Session blocker = warehouse.session().execute("SELECT count(*) FROM " + SEPTEMBER)) {
            drop = CompletableFuture.supplyAsync(() -> none.run(step));
            untilWaiting("DROP INDEX CONCURRENTLY");
            try (Session writer = warehouse.session()) {
                writer.execute("SET LOCAL lock_timeout = '200 ms'")
                        .insert("WHILE", "2026-09-04")
                        .commit();
            }
            assertThat(drop).isNotDone();
            blocker.commit();
        }
        assertThat(drop.join().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void whatAnotherRoleIsBuildingIsNoLeftover() {
        Indexes indexes = warehouse.indexes(NOW, POLICY);
        CompletableFuture<Void> build;
        try (Session reader = warehouse.session().repeatableRead()) {
            build = background(september(indexes).statement());
            untilWaiting("CREATE INDEX CONCURRENTLY");
            assertThat(warehouse.there()).containsExactly(INDEX + "!");
            assertThat(indexes.plan()).noneMatch(step -> step.partition().equals(SEPTEMBER));
            reader.commit();
        }
        build.join();
        assertThat(warehouse.there()).containsExactly(INDEX);
    }

    @Test
    void whatAnotherDidFirstIsFine() {
        Indexes indexes = warehouse.indexes(NOW, POLICY);
        IndexStep step = september(indexes);
        indexes.run(step);
        assertThat(indexes.run(step).outcome()).isEqualTo(Outcome.NOTHING);
        Indexes none = warehouse.indexes(NOW);
        IndexStep drop = september(none);
        assertThat(none.run(drop).outcome()).isEqualTo(Outcome.DONE);
        assertThat(none.run(drop).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void aPartitionThatIsGoneIsFine() {
        try (Session session = warehouse.session()) {
            session.execute("SELECT create_monthly_partition('alpha_market_data', '2026-11-01')")
                    .commit();
            Indexes indexes = warehouse.indexes(NOW, POLICY);
            IndexStep step = indexes.plan().stream()
                    .filter(s -> s.partition().endsWith("2026_11"))
                    .findFirst()
                    .orElseThrow();
            session.execute("DROP TABLE alpha_market_data_2026_11").commit();
            StepResult result = indexes.run(step);
            assertThat(result.outcome()).isEqualTo(Outcome.NOTHING);
            assertThat(result.detail()).contains("alpha_market_data_2026_11 is gone");
        }
    }

    @Test
    void aPlanChangesNothing() {
        assertThat(warehouse.indexes(NOW, POLICY).plan()).hasSize(2);
        assertThat(warehouse.there()).isEmpty();
        assertThat(warehouse.indexes(NOW, POLICY).name()).isEqualTo("indexes");
    }
}
