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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class IndexesTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final IndexPolicy POLICY = IndexPolicy.DEFAULT;
    private static final String INDEX = IndexName.of(SEPTEMBER, POLICY);

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

    private static IndexStep first(Indexes indexes) {
        return indexes.plan().get(0);
    }

    /** A build that was cancelled while it waited for a snapshot: what is left of it is there, and not valid. */
    private static void leaveWreck(String sql) {
        try (Session reader = warehouse.session().repeatableRead()) {
            CompletableFuture<Void> build = warehouse.background(sql);
            warehouse.untilWaiting("INDEX CONCURRENTLY");
            DATABASE.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                    + " WHERE query LIKE '%INDEX CONCURRENTLY%' AND pid <> pg_backend_pid()");
            build.exceptionally(cancelled -> null).join();
            reader.commit();
        }
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
        String name = SEPTEMBER + "_unique_ak23abcd";
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
    void whatAnotherRoleIsBuildingIsNoLeftover() {
        Indexes indexes = warehouse.indexes(NOW, POLICY);
        CompletableFuture<Void> build;
        try (Session reader = warehouse.session().repeatableRead()) {
            build = warehouse.background(september(indexes).statement());
            warehouse.untilWaiting("CREATE INDEX CONCURRENTLY");
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
