package io.alphakeep.advise.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.seen.AnIndex;
import io.alphakeep.advise.seen.Index;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indexes: each rule fires, and is silent just beside it. */
class IndexRulesTest {

    private final Seen seen = new Seen();

    private void invalid(boolean building, boolean needed) {
        seen.indexes.add(AnIndex.of("left_behind", "alpha_fundamental_data")
                .invalid(building)
                .needed(needed)
                .on("USING btree (x)"));
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

    /** Those of its partitions hang on it, so that only the parent's can go: not concurrently, so that somebody looks first. */
    @Test
    void anIndexOfAPartitionedTableIsUnusedWhereNoPartitionsIndexIsUsed() {
        seen.indexes.add(parent(1));
        assertThat(seen.found()).isEmpty();
        seen.indexes.add(parent(0));
        assertThat(seen.found()).isEqualTo("index-unused info");
        assertThat(seen.only().changes())
                .containsExactly(new Change(
                        "DROP INDEX IF EXISTS \"public\".\"by_flag\"",
                        "CREATE INDEX by_flag ON public.alpha_market_data USING btree (quality_flag)",
                        Change.Effect.REVIEW));
        seen.tables.removeIf(table -> table.parent().equals("alpha_market_data"));
        assertThat(seen.found()).as("a table of few rows").doesNotContain("index-unused");
    }

    private static Index parent(long scans) {
        return AnIndex.of("by_flag", "alpha_market_data")
                .partitioned()
                .scans(scans)
                .pages(100, 0)
                .on("USING btree (quality_flag)");
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
        seen.indexes.add(AnIndex.of("idx_alpha_fund_beta", "alpha_fundamental_data")
                .invalid(true)
                .keys("9")
                .including("1")
                .like("btree WHERE x")
                .on("USING btree (beta)"));
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
    @CsvSource({"2500, 1000, index-bloat info", "2499, 1000, ''", "1279, 10, ''", "5000, 0, ''"})
    void anIndexFarLargerThanItsRowsIsBloat(long pages, long anew, String found) {
        seen.index("i", "t", "7", true, true, 5, pages, anew);
        assertThat(seen.found()).isEqualTo(found);
    }
}
