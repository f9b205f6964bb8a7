package io.alphakeep.advise.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.seen.Observed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partitions ahead, too many, too large, and the default one. */
class PartitionRulesTest {

    private final Seen seen = new Seen();

    @ParameterizedTest
    @CsvSource({
        "0, partitions-ahead critical, 4",
        "1, partitions-ahead critical, 3",
        "2, partitions-ahead warn, 2",
        "3, '', 0"
    })
    void monthsAheadHaveTheirPartition(int kept, String found, int made) {
        seen.partitions.removeIf(partition -> partition.ahead() >= kept);
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            Finding finding = seen.only();
            assertThat(finding.changes()).hasSize(made);
            assertThat(finding.changes().get(made - 1).sql())
                    .isEqualTo("SELECT public.create_monthly_partition('alpha_market_data', '2027-02-01')");
            assertThat(finding.changes().get(made - 1).undo())
                    .contains("IF NOT EXISTS (SELECT FROM \"public\".\"alpha_market_data_2027_02\")");
        }
    }

    @Test
    void aYearHoldsItsMonths() {
        seen.partitions.clear();
        seen.partitions.add(new Observed.Partition("alpha_market_data", "alpha_market_data_2026", false, -10, 1));
        assertThat(seen.found()).isEqualTo("partitions-ahead warn");
        seen.partitions.add(new Observed.Partition("alpha_market_data", "alpha_market_data_2027", false, 2, 13));
        assertThat(seen.found()).isEmpty();
    }

    @Test
    void partitionsAreNotTooManyNorTooLargeAndNoneIsTheDefault() {
        for (int i = 0; i < 196; i++) {
            seen.partitions.add(new Observed.Partition("alpha_market_data", "p" + i, false, null, null));
        }
        assertThat(seen.found()).isEmpty();
        seen.partitions.add(new Observed.Partition("alpha_market_data", "alpha_rest", true, null, null));
        seen.tables.add(Seen.table("alpha_rest", 'r', "alpha_market_data", 1, 99_999_999, 0));
        assertThat(seen.found()).isEqualTo("partitions-many info, partition-default warn");
        assertThat(seen.findings().get(1).changes().get(0).effect()).isEqualTo(Change.Effect.REVIEW);
        seen.tables.add(Seen.table("alpha_big", 'r', "alpha_market_data", 1, 100_000_000, 0));
        assertThat(seen.found()).endsWith("partition-large info");
    }
}
