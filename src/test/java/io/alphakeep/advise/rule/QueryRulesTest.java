package io.alphakeep.advise.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.seen.Observed;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM alpha_market_data WHERE raw_payload::text LIKE $1",
                "select * from alpha_market_data where (raw_payload)::text not ilike $1",
                "SELECT 1 FROM alpha_market_data m WHERE CAST(m.raw_payload AS text) LIKE $1",
                "SELECT 1 FROM alpha_fundamental_data WHERE financial_data::text ~ $1"
            })
    void jsonIsNotSearchedAsText(String text) {
        query(text, 1, 1, 1, 0);
        assertThat(seen.found()).isEqualTo("query-json-as-text warn");
        Finding finding = seen.only();
        assertThat(finding.next()).contains("@>");
        assertThat(finding.changes()).isNotEmpty().allSatisfy(change -> {
            assertThat(change.sql()).contains("USING gin (", "jsonb_path_ops");
            assertThat(change.effect()).isEqualTo(Change.Effect.REVIEW);
        });
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
