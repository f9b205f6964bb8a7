package io.alphakeep.advise.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.seen.Index;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Table;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables, indexes, sessions and slots: each rule fires, and is silent just beside it. */
class ObjectRulesTest {

    private final Seen seen = new Seen();

    private void invalid(boolean building, boolean needed) {
        seen.indexes.add(new Index(
                "public",
                "left_behind",
                "alpha_fundamental_data",
                false,
                building,
                false,
                needed,
                0,
                1,
                0,
                "5",
                "",
                "btree",
                true,
                "CREATE INDEX left_behind ON public.alpha_fundamental_data USING btree (x)"));
    }

    @Test
    void anInvalidIndexIsWreckageUnlessSomebodyBuildsIt() {
        invalid(true, false);
        invalid(false, true);
        assertThat(seen.found()).isEmpty();
        invalid(false, false);
        assertThat(seen.found()).isEqualTo("index-invalid warn");
        assertThat(seen.only().changes())
                .containsExactly(new Change(
                        "DROP INDEX CONCURRENTLY IF EXISTS \"public\".\"left_behind\"",
                        "CREATE INDEX CONCURRENTLY left_behind ON public.alpha_fundamental_data USING btree (x)",
                        Change.Effect.NOW));
    }

    @Test
    void ofTwoAlikeTheOneStaysThatSomethingHangsOn() {
        seen.index("a", "t", "7 8", false, false).index("b", "t", "7 8", true, true);
        assertThat(seen.found()).isEqualTo("index-duplicate warn");
        assertThat(seen.only().subject()).isEqualTo("a");
        assertThat(seen.only().evidence()).contains("the same as b of t", "800 KiB", "5 scans");
    }

    @Test
    void whatIsToBeDroppedIsNotAdvisedToBeBuiltAnew() {
        seen.index("a", "t", "7 8", false, false, 5, 2_500, 1_000).index("b", "t", "7 8", true, true);
        assertThat(seen.found()).isEqualTo("index-duplicate warn");
    }

    @Test
    void whatAConstraintNeedsOrAnotherTableHasIsNoDuplicate() {
        seen.index("a", "t", "7", true, true)
                .index("b", "t", "7", true, true)
                .index("c", "u", "7", false, false)
                .index("d", "t", "8", true, false);
        assertThat(seen.found()).isEmpty();
    }

    @Test
    void theBeginningOfAnotherIsRedundant() {
        seen.index("a", "t", "7", false, false).index("b", "t", "7 8", false, false);
        assertThat(seen.found()).isEqualTo("index-redundant info");
        assertThat(seen.only().subject()).isEqualTo("a");
        Seen other = new Seen();
        // Column 7 is no beginning of column 77, a unique one guards something, and the second key is no beginning.
        other.index("a", "t", "7", false, false)
                .index("b", "t", "77 8", false, false)
                .index("c", "t", "77", true, false)
                .index("d", "t", "8", false, false);
        assertThat(other.found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1209600, false, 100, index-unused info",
        "0, 1209600, false, 131072, index-unused warn",
        "1, 1209600, false, 100, ''",
        "0, 1209599, false, 100, ''",
        "0, 1209600, true, 100, ''"
    })
    void anIndexIsUnusedOnceItWasCountedLongEnough(long scans, long seconds, boolean unique, long pages, String found) {
        seen.countedSeconds = seconds;
        seen.index("i", "alpha_fundamental_data", "7", unique, false, scans, pages, pages);
        assertThat(seen.found()).isEqualTo(found);
    }

    @Test
    void whatMaintenanceAndMigrationsMakeIsNotCalledUnused() {
        seen.index("alpha_request_series", "alpha_fundamental_data", "7", false, false, 0, 1, 0);
        seen.index("alpha_market_data_2026_11_x_ak00ff00", "alpha_market_data_2026_11", "7", false, false, 0, 1, 0);
        assertThat(seen.found()).isEmpty();
    }

    @Test
    void thePlansQueriesHaveTheirIndexes() {
        seen.indexes.removeIf(index -> index.name().equals("idx_alpha_fund_beta"));
        assertThat(seen.found()).isEqualTo("index-missing warn");
        assertThat(seen.only().changes().get(0).sql())
                .isEqualTo("CREATE INDEX CONCURRENTLY \"idx_alpha_fund_beta\" ON \"public\".\"alpha_fundamental_data\""
                        + " (beta) INCLUDE (ticker) WHERE data_type = 'overview'");
        seen.indexes.add(new Index(
                "public",
                "idx_alpha_fund_beta",
                "alpha_fundamental_data",
                false,
                true,
                false,
                false,
                0,
                1,
                0,
                "9",
                "1",
                "btree",
                false,
                "CREATE INDEX idx_alpha_fund_beta ON public.alpha_fundamental_data USING btree (beta)"));
        assertThat(seen.found()).as("one that is half-built serves nobody").isEqualTo("index-missing warn");
        seen.maker = Optional.empty();
        assertThat(seen.found()).as("somebody else's tables").isEmpty();
    }

    @Test
    void recentPartitionsHaveTheirIndexByAge() {
        seen.month(-5);
        seen.month(-6);
        seen.indexes.removeIf(
                index -> index.table().endsWith("2026_06") || index.table().endsWith("2026_05"));
        assertThat(seen.found()).isEqualTo("index-missing info");
        assertThat(seen.only().subject()).isEqualTo("alpha_market_data_2026_06");
        assertThat(seen.only().next()).contains("alphakeep maintain indexes");
    }

    @ParameterizedTest
    @CsvSource({"10000, 40000, table-bloat warn", "9999, 100, ''", "10000, 40001, ''"})
    void deadRowsAreBloat(long dead, long live, String found) {
        seen.tables.add(Seen.table("alpha_x", 'r', "", 500, live, dead));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            assertThat(seen.only().changes().get(0).sql()).isEqualTo("VACUUM (ANALYZE) \"public\".\"alpha_x\"");
            assertThat(seen.only().evidence()).contains("10,000 dead of 50,000 rows, 20 %", "estimate");
        }
    }

    @ParameterizedTest
    @CsvSource({"2500, 1000, index-bloat info", "2499, 1000, ''", "1279, 10, ''", "5000, 0, ''"})
    void anIndexFarLargerThanItsRowsIsBloat(long pages, long anew, String found) {
        seen.index("i", "t", "7", true, true, 5, pages, anew);
        assertThat(seen.found()).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "autovacuum_enabled, false, autovacuum-table warn",
        "autovacuum_enabled, OFF, autovacuum-table warn",
        "toast.autovacuum_enabled, 0, autovacuum-table warn",
        "autovacuum_enabled, on, ''",
        "fillfactor, 50, ''"
    })
    void autovacuumIsOnForEachTable(String option, String value, String found) {
        seen.tables.add(new Table("public", "alpha_x", 'r', "", 1, 10, 0, false, Map.of(option, value)));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            assertThat(seen.only().changes())
                    .containsExactly(new Change(
                            "ALTER TABLE \"public\".\"alpha_x\" RESET (" + option + ")",
                            "ALTER TABLE \"public\".\"alpha_x\" SET (" + option + " = " + value + ")",
                            Change.Effect.NOW));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10000000, 200000, '', autovacuum-scale info",
        "9999999, 900000, '', ''",
        "10000000, 199999, '', ''",
        "10000000, 200000, 0.02, ''"
    })
    void largeTablesAreVacuumedSooner(long rows, long dead, String own, String found) {
        seen.tables.add(new Table(
                "public",
                "alpha_x",
                'r',
                "",
                1,
                rows,
                dead,
                false,
                own.isEmpty() ? Map.of() : Map.of("autovacuum_vacuum_scale_factor", own)));
        assertThat(seen.found()).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "active, 600, 0, false, long-transaction warn",
        "active, 599, 0, false, ''",
        "idle in transaction, 61, 60, false, idle-in-transaction warn",
        "idle in transaction, 61, 59, false, ''",
        "idle in transaction, 9000, 9000, true, ''",
        "prepared, 600, 0, false, prepared-transaction warn",
        "prepared, 599, 0, false, ''"
    })
    void noTransactionIsOpenForLong(String state, long seconds, long idle, boolean ours, String found) {
        seen.sessions.add(
                new Observed.Session(4711, "o'reader", "2026-11-24 10:00:00.123+00", state, seconds, idle, ours));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            Change change = seen.only().changes().get(0);
            assertThat(change.effect()).isEqualTo(Change.Effect.REVIEW);
            assertThat(change.sql())
                    .isEqualTo(
                            state.equals("prepared")
                                    ? "ROLLBACK PREPARED 'o''reader'"
                                    : "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = 4711"
                                            + " AND xact_start = '2026-11-24 10:00:00.123+00'");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, 0, replication-slot info",
        "false, 1073741824, replication-slot warn",
        "false, 10737418240, replication-slot critical",
        "true, 10737418240, ''",
        "false, -1, ''"
    })
    void noSlotHoldsWalForNobody(boolean active, long bytes, String found) {
        seen.slots.add(new Observed.Slot("gone", active, bytes, "extended", ""));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            assertThat(seen.only().changes().get(0).effect()).isEqualTo(Change.Effect.REVIEW);
        }
    }

    @Test
    void whereManyTablesAreOldAllOfTheDatabaseIsFrozen() {
        seen.ages.set(0, new Observed.Age("market", 300_000_001, 0));
        for (int i = 0; i < Observed.Age.OLDEST; i++) {
            seen.oldest.add(new Observed.Age("t" + i, 300_000_001, 0));
        }
        assertThat(seen.only().changes()).containsExactly(new Change("VACUUM (FREEZE)", "", Change.Effect.NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "300000000, 0, ''",
        "300000001, 0, wraparound warn",
        "0, 600000001, wraparound warn",
        "1200000000, 0, wraparound critical"
    })
    void transactionIdsAreFarFromTheirEnd(long transactions, long multixacts, String found) {
        seen.ages.set(0, new Observed.Age("market", transactions, multixacts));
        seen.oldest.add(new Observed.Age("\"public\".\"old\"", transactions, multixacts));
        seen.oldest.add(new Observed.Age("\"public\".\"young\"", 5, 5));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            assertThat(seen.only().changes())
                    .containsExactly(new Change("VACUUM (FREEZE) \"public\".\"old\"", "", Change.Effect.NOW));
        }
    }
}
