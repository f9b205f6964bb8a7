package io.alphakeep.advise.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.seen.AnIndex;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Table;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that were asked: each form is found, and its neighbour is not. */
class QueryRulesTest {

    private final Seen seen = new Seen();

    private void query(String text, double millis, double blocks, double rows, double share) {
        seen.queries.add(new Observed.Query("42", text, 10, millis, blocks, rows, share));
    }

    /** In alphakeep's own tables the document is financial_data, and of most bars nothing is left for raw_payload. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM alpha_market_data WHERE raw_payload::text LIKE $1                  | of every partition | raw_payload    | ",
                "select * from alpha_market_data where (raw_payload)::text not ilike $1           | of every partition | raw_payload    | ",
                "SELECT 1 FROM alpha_market_data m WHERE CAST(m.raw_payload AS text) LIKE $1      | of every partition | raw_payload    | ",
                "SELECT 1 FROM alpha_market_data_2026_11 WHERE raw_payload::text LIKE $1          | every row is       | raw_payload    | ",
                "SELECT 1 FROM alpha_fundamental_data WHERE financial_data::text ~ $1             | every row is       | financial_data | alpha_fundamental_data",
                "SELECT 1 FROM alpha_fundamental_data WHERE raw_payload::text LIKE $1             | was altered        | financial_data | alpha_fundamental_data",
                "SELECT 1 FROM alpha_legacy WHERE raw_payload::text LIKE $1                       | every row is       | raw_payload    | alpha_legacy",
                "SELECT 1 FROM alpha_elsewhere WHERE raw_payload::text LIKE $1                    | each row that      | raw_payload    | ",
                "SELECT 1 FROM alpha_legacy l, alpha_fundamental_data WHERE l.raw_payload::text LIKE $1 | each row that | raw_payload   | "
            })
    void jsonIsNotSearchedAsText(String text, String why, String column, String indexed) {
        seen.tables.add(legacy('r'));
        query(text, 1, 1, 1, 0);
        assertThat(seen.found()).isEqualTo("query-json-as-text warn");
        Finding finding = seen.only();
        assertThat(finding.why()).contains(why, "no index can serve that");
        assertThat(finding.next()).contains(column + " @> ");
        assertThat(finding.changes()).hasSize(indexed == null ? 0 : 1).allSatisfy(change -> {
            assertThat(change.sql())
                    .startsWith("CREATE INDEX CONCURRENTLY ")
                    .contains(" ON \"public\".\"" + indexed + "\" USING gin (" + column + " jsonb_path_ops)");
            assertThat(change.effect()).isEqualTo(Change.Effect.REVIEW);
        });
    }

    private static Table legacy(char kind) {
        return new Table("public", "alpha_legacy", kind, "", 10, 5, 0, false, 0, Map.of(), Set.of("raw_payload"));
    }

    @Test
    void theIndexIsAdvisedOnceAndNotWhereThereIsOne() {
        query("SELECT 1 FROM alpha_fundamental_data WHERE financial_data::text LIKE $1", 1, 1, 1, 0);
        query("SELECT 2 FROM alpha_fundamental_data WHERE raw_payload::text LIKE $1", 1, 1, 1, 0);
        assertThat(seen.findings())
                .extracting(finding -> finding.changes().size())
                .containsExactly(1, 0);
        assertThat(seen.findings())
                .allSatisfy(finding -> assertThat(finding.next()).contains("which a GIN index serves"));
        seen.indexes.add(AnIndex.of("by_sector", "alpha_fundamental_data")
                .scans(5)
                .keys("5")
                .like("gin")
                .on("USING gin (financial_data jsonb_path_ops)"));
        assertThat(seen.findings()).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.changes()).isEmpty();
            assertThat(finding.next()).contains("which by_sector serves");
        });
    }

    /** An older pipeline's: what its columns hold is not known, and of a partitioned table nothing is built concurrently. */
    @Test
    void ofTablesThatOthersMadeOnlyWhatIsThereIsSaid() {
        seen.tables.add(legacy('p'));
        query("SELECT 1 FROM alpha_legacy WHERE raw_payload::text LIKE $1", 1, 1, 1, 0);
        assertThat(seen.only().changes().get(0).sql())
                .isEqualTo("CREATE INDEX \"alpha_legacy_raw_payload_gin\" ON \"public\".\"alpha_legacy\" USING gin"
                        + " (raw_payload jsonb_path_ops) WHERE raw_payload IS NOT NULL");
        assertThat(seen.only().next()).contains("nobody writes");

        Seen foreign = new Seen();
        foreign.maker = Optional.empty();
        foreign.queries.add(new Observed.Query(
                "42", "SELECT 1 FROM alpha_fundamental_data WHERE raw_payload::text LIKE $1", 10, 1, 1, 1, 0));
        assertThat(foreign.only().next()).contains("raw_payload @> ").doesNotContain("financial_data", "market_cap");
        assertThat(foreign.only().changes().get(0).sql()).contains("USING gin (raw_payload ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT raw_payload::text FROM alpha_market_data WHERE ticker LIKE $1",
                "SELECT * FROM alpha_market_data WHERE raw_payload @> $1",
                "SELECT * FROM alpha_fundamental_data WHERE financial_data ->> $1 LIKE $2"
            })
    void jsonThatIsOnlyReadOrAskedRightIsFine(String text) {
        query(text, 1, 1, 1, 0);
        assertThat(seen.found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // The documents' table has 2,000 pages and 20,000 rows.
        "alpha_fundamental_data, 1, 1000, 2000, 0, query-full-scan info",
        "alpha_fundamental_data, 1000, 1000, 2000, 0, query-full-scan warn",
        "alpha_fundamental_data, 1, 1000, 2000, 0.05, query-full-scan warn",
        "alpha_fundamental_data, 1, 999, 2000, 0, ''",
        "alpha_fundamental_data, 1, 1000, 2001, 0, ''",
        // Four months of 2,000 pages each.
        "alpha_market_data, 1, 4000, 5, 0, query-full-scan info",
        "alpha_market_data, 1, 3999, 5, 0, ''",
        "alpha_market_data, 999, 5, 5, 0, ''",
        "alpha_market_data, 1000, 5, 5, 0, query-slow info",
        "alpha_market_data, 1000, 5, 5, 0.05, query-slow warn",
        "alpha_elsewhere, 1, 90000, 5, 0, ''"
    })
    void queriesReadWhatTheyNeed(String table, double millis, double blocks, double rows, double share, String found) {
        query("SELECT x FROM " + table + " WHERE y = $1", millis, blocks, rows, share);
        assertThat(seen.found()).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 FROM alpha_market_data WHERE timestamp::date = $1 | with a range",
                "SELECT 1 FROM alpha_market_data WHERE lower(ticker) = $1 | upper case",
                "SELECT 1 FROM alpha_fundamental_data WHERE financial_data ->> $1 = $2 | generated columns",
                "SELECT 1 FROM alpha_market_data WHERE api_function = $1 | by endpoint",
                "SELECT 1 FROM alpha_market_data WHERE ticker = $1 | every partition",
                "SELECT 1 FROM alpha_market_data WHERE ticker = $1 AND timestamp > $2 | EXPLAIN"
            })
    void aBetterFormIsSaidWhereItIsKnown(String text, String advice) {
        query(text, 5_000, 1, 1, 0);
        assertThat(seen.only().next()).contains(advice);
    }

    @Test
    void ofManyQueriesTheFirstTenAreSaid() {
        for (int i = 0; i < 20; i++) {
            query("SELECT 1 FROM alpha_x", 5_000, 1, 1, 0);
        }
        assertThat(seen.findings()).hasSize(10);
    }
}
