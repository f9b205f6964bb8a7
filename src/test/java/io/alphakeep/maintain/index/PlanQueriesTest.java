package io.alphakeep.maintain.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 5 of the original plan, query by query, as the server plans it. */
@Tag("postgres")
class PlanQueriesTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String CUSTOM = "force_custom_plan";
    private static final String GENERIC = "force_generic_plan";

    private static final String LAST_HUNDRED = """
            (text, timestamptz) AS
            SELECT ticker, close_price, volume
            FROM alpha_market_data
            WHERE ticker = $1
              AND timestamp >= $2
              AND api_function = 'TIME_SERIES_DAILY'
            ORDER BY timestamp DESC
            LIMIT 100
            """;

    private static final String BY_ENDPOINT = """
            (text, timestamptz) AS
            SELECT ticker, close_price, volume
            FROM alpha_market_data
            WHERE ticker = $1
              AND timestamp >= $2
              AND endpoint = 'TIME_SERIES_DAILY'
            ORDER BY timestamp DESC
            LIMIT 100
            """;

    private static final String SEARCH = """
            AS
            SELECT * FROM alpha_market_data
            WHERE raw_payload::text LIKE '%AAPL%'
            """;

    private static final String BY_KEY = """
            (text, timestamptz) AS
            SELECT * FROM alpha_market_data
            WHERE ticker = $1 AND timestamp >= $2
            """;

    private static final String BY_JSON = """
            AS
            SELECT ticker, financial_data->>'MarketCap' as market_cap
            FROM alpha_fundamental_data
            WHERE data_type = 'overview'
              AND (financial_data->>'MarketCap')::numeric > 1000000000
            """;

    private static final String BY_COLUMN = """
            AS
            SELECT ticker, market_cap
            FROM alpha_fundamental_data
            WHERE data_type = 'overview' AND market_cap > 1000000000
            """;

    /** A hundred daily bars back from 12 September 2026. */
    private static final String INSIDE = "('T7', '2026-04-20Z')";

    private static PlanDatabase plans;

    @BeforeAll
    static void fill() {
        plans = new PlanDatabase(DATABASE);
    }

    private static List<JsonNode> nodes(JsonNode plan) {
        List<JsonNode> nodes = new ArrayList<>(List.of(plan));
        plan.path("Plans").forEach(below -> nodes.addAll(nodes(below)));
        return nodes;
    }

    private static List<JsonNode> scans(JsonNode plan) {
        return nodes(plan).stream()
                .filter(node -> node.path("Node Type").asText().contains("Scan"))
                .toList();
    }

    private static List<String> types(JsonNode plan) {
        return nodes(plan).stream().map(node -> node.path("Node Type").asText()).toList();
    }

    private static List<String> relations(JsonNode plan) {
        return scans(plan).stream()
                .filter(node -> node.has("Relation Name"))
                .map(node -> node.path("Relation Name").asText())
                .toList();
    }

    private static int removed(JsonNode plan) {
        return nodes(plan).stream()
                .mapToInt(node -> node.path("Subplans Removed").asInt())
                .sum();
    }

    private static long buffers(JsonNode plan) {
        return plan.path("Shared Hit Blocks").asLong()
                + plan.path("Shared Read Blocks").asLong();
    }

    private static final String[] SINCE_APRIL = {
        "alpha_market_data_2026_04", "alpha_market_data_2026_05", "alpha_market_data_2026_06",
        "alpha_market_data_2026_07", "alpha_market_data_2026_08", "alpha_market_data_2026_09",
        "alpha_market_data_2026_10", "alpha_market_data_2026_11", "alpha_market_data_2026_12"
    };

    @ParameterizedTest
    @ValueSource(strings = {CUSTOM, GENERIC})
    void theLastHundredBarsComeFromTheIndexByAgeAlone(String mode) {
        JsonNode plan = plans.explain(mode, LAST_HUNDRED, INSIDE, "");
        assertThat(relations(plan)).containsExactlyInAnyOrder(SINCE_APRIL);
        assertThat(removed(plan)).isEqualTo(mode.equals(GENERIC) ? 28 : 0);
        assertThat(types(plan)).doesNotContain("Sort", "Incremental Sort", "Seq Scan");
        assertThat(scans(plan)).allSatisfy(scan -> {
            assertThat(scan.path("Node Type").asText()).isEqualTo("Index Only Scan");
            assertThat(scan.path("Scan Direction").asText()).isEqualTo("Backward");
            assertThat(scan.path("Index Name").asText())
                    .isEqualTo(IndexName.of(scan.path("Relation Name").asText(), IndexPolicy.DEFAULT));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {CUSTOM, GENERIC})
    void theLastHundredBarsVisitNoTable(String mode) {
        JsonNode plan = plans.explain(mode, LAST_HUNDRED, INSIDE, "ANALYZE, BUFFERS");
        assertThat(plan.path("Actual Rows").asInt()).isEqualTo(100);
        assertThat(scans(plan))
                .allSatisfy(
                        scan -> assertThat(scan.path("Heap Fetches").asInt(-1)).isZero());
        assertThat(buffers(plan)).isLessThan(40);
    }

    /** Somebody has analysed the months ahead too: to the planner they are empty then, and reading nothing costs nothing. */
    @ParameterizedTest
    @ValueSource(strings = {CUSTOM, GENERIC})
    void emptyMonthsThatAreKnownToBeEmptyChangeNothingThatCosts(String mode) {
        List<String> ahead =
                List.of("alpha_market_data_2026_10", "alpha_market_data_2026_11", "alpha_market_data_2026_12");
        try {
            ahead.forEach(month -> DATABASE.execute("ANALYZE " + month));
            JsonNode plan = plans.explain(mode, LAST_HUNDRED, INSIDE, "ANALYZE, BUFFERS");
            assertThat(scans(plan))
                    .filteredOn(
                            scan -> !ahead.contains(scan.path("Relation Name").asText()))
                    .hasSize(6)
                    .allSatisfy(
                            scan -> assertThat(scan.path("Node Type").asText()).isEqualTo("Index Only Scan"));
            assertThat(buffers(plan)).isLessThan(40);
        } finally {
            // Not analysed any more.
            ahead.forEach(month -> DATABASE.execute("TRUNCATE " + month));
        }
    }

    @ParameterizedTest
    @CsvSource({
        CUSTOM + ",2026-04-20,9,0",
        GENERIC + ",2026-04-20,9,28",
        // Older than the window too: the key serves at every age.
        CUSTOM + ",2023-06-01,37,0",
        GENERIC + ",2025-12-01,13,24"
    })
    void byEndpointTheKeyServesAtEveryAge(String mode, String since, int partitions, int removed) {
        JsonNode plan = plans.explain(mode, BY_ENDPOINT, "('T7', '" + since + "Z')", "ANALYZE, BUFFERS");
        assertThat(relations(plan)).hasSize(partitions);
        assertThat(removed(plan)).isEqualTo(removed);
        assertThat(types(plan)).doesNotContain("Sort", "Incremental Sort", "Seq Scan");
        assertThat(scans(plan)).allSatisfy(scan -> {
            assertThat(scan.path("Node Type").asText()).isEqualTo("Index Only Scan");
            assertThat(scan.path("Index Name").asText())
                    .isEqualTo(scan.path("Relation Name").asText() + "_pkey");
            assertThat(scan.path("Heap Fetches").asInt()).isZero();
        });
        assertThat(plan.path("Actual Rows").asInt()).isEqualTo(100);
        assertThat(buffers(plan)).isLessThan(40);
    }

    @Test
    void thePlansBadQueryReadsEverythingAndItsGoodFormDoesNot() {
        JsonNode bad = plans.explain(CUSTOM, SEARCH, "", "ANALYZE, BUFFERS");
        assertThat(relations(bad)).hasSize(37);
        assertThat(scans(bad))
                .allSatisfy(scan -> assertThat(scan.path("Node Type").asText()).isEqualTo("Seq Scan"));
        for (String mode : List.of(CUSTOM, GENERIC)) {
            JsonNode good = plans.explain(mode, BY_KEY, "('T7', '2026-09-10Z')", "ANALYZE, BUFFERS");
            assertThat(relations(good)).hasSize(4).doesNotHaveDuplicates();
            assertThat(good.toString()).contains("alpha_market_data_2026_09_pkey");
            assertThat(buffers(good)).isLessThan(buffers(bad) / 10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CUSTOM, GENERIC})
    void thePlansJsonQueryAsWrittenUsesAnIndex(String mode) {
        JsonNode plan = plans.explain(mode, BY_JSON, "", "ANALYZE");
        assertThat(plan.path("Actual Rows").asInt()).isEqualTo(2999);
        assertThat(types(plan)).doesNotContain("Seq Scan");
        assertThat(scans(plan))
                .anySatisfy(scan ->
                        assertThat(scan.path("Index Name").asText()).isEqualTo("idx_alpha_fund_market_cap_text"));
        // A bound as a parameter, which the planner knows nothing about in the generic plan.
        JsonNode bound = plans.explain(mode, "(numeric) " + BY_JSON.replace("1000000000", "$1"), "(100000000000)", "");
        assertThat(scans(bound))
                .anySatisfy(scan ->
                        assertThat(scan.path("Index Name").asText()).isEqualTo("idx_alpha_fund_market_cap_text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {CUSTOM, GENERIC})
    void byTheColumnItNeedsNoTable(String mode) {
        JsonNode plan = plans.explain(mode, BY_COLUMN, "", "ANALYZE");
        assertThat(plan.path("Actual Rows").asInt()).isEqualTo(2999);
        JsonNode top = plans.explain(mode, BY_COLUMN + " ORDER BY market_cap DESC LIMIT 100", "", "ANALYZE");
        assertThat(top.path("Actual Rows").asInt()).isEqualTo(100);
        assertThat(types(top)).doesNotContain("Sort");
        for (JsonNode each : List.of(plan, top)) {
            assertThat(scans(each)).singleElement().satisfies(scan -> {
                assertThat(scan.path("Node Type").asText()).isEqualTo("Index Only Scan");
                assertThat(scan.path("Index Name").asText()).isEqualTo("idx_alpha_fund_market_cap");
                assertThat(scan.path("Heap Fetches").asInt()).isZero();
            });
        }
    }
}
