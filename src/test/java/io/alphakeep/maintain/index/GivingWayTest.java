package io.alphakeep.maintain.index;

import static io.alphakeep.maintain.index.Warehouse.NOW;
import static io.alphakeep.maintain.index.Warehouse.SEPTEMBER;
import static io.alphakeep.maintain.index.Warehouse.pass;
import static io.alphakeep.maintain.index.Warehouse.september;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.maintain.StepResult;
import io.alphakeep.maintain.StepResult.Outcome;
import io.alphakeep.maintain.index.Warehouse.Session;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What waits for others gives way to them, and others never wait for it. */
class GivingWayTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final IndexPolicy POLICY = IndexPolicy.DEFAULT;
    private static final String INDEX = IndexName.of(SEPTEMBER, POLICY);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Warehouse warehouse;

    @BeforeAll
    static void fill() {
        warehouse = new Warehouse(DATABASE);
        warehouse.fill();
    }

    @BeforeEach
    void withoutIndexes() {
        pass(warehouse.indexes(NOW));
        assertThat(warehouse.there()).isEmpty();
    }

    @Test
    void anOldSnapshotPostponesWithItsHolderNamedAndNothingIsBegun() {
        Indexes indexes = warehouse.indexes(NOW, LONG, Duration.ofMillis(300), POLICY);
        try (Session reader = warehouse.session().repeatableRead()) {
            warehouse.untilOld(reader);
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
            warehouse.untilOld(writer);
            StepResult result = indexes.run(september(indexes));
            assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
            assertThat(result.detail()).contains("process " + writer.pid).contains("lock on " + SEPTEMBER);
            assertThat(warehouse.there()).isEmpty();
        }
    }

    @Test
    void anIdleWriterOfAnotherRoleIsSeenToo() {
        Indexes indexes = warehouse.indexes(NOW, LONG, Duration.ofMillis(600), POLICY);
        try (Session writer = new Session(DATABASE.dataSource()).insert("IDLE2", "2026-09-02")) {
            StepResult result = indexes.run(september(indexes));
            assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
            assertThat(result.detail())
                    .contains("process " + writer.pid)
                    .contains("has held a lock on " + SEPTEMBER + " for 600 ms");
            assertThat(warehouse.there()).isEmpty();
        }
        assertThat(indexes.run(september(indexes)).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void aReaderOfThePartitionPostponesTheDrop() {
        pass(warehouse.indexes(NOW, POLICY));
        Indexes none = warehouse.indexes(NOW, LONG, Duration.ofMillis(300));
        try (Session reader = warehouse.session().execute("SELECT count(*) FROM " + SEPTEMBER)) {
            warehouse.untilOld(reader);
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
            warehouse.untilWaiting("CREATE INDEX CONCURRENTLY");
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
            warehouse.untilWaiting("DROP INDEX CONCURRENTLY");
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
}
