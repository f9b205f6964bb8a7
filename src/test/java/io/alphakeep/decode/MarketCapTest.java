package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Document;
import io.alphakeep.market.Symbol;
import io.alphakeep.testkit.TestDatabase;
import io.alphakeep.write.DocumentWriter;
import io.alphakeep.write.WriteContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index that the plan's query uses casts {@code MarketCap}: whatever an answer says there, its row is stored. */
class MarketCapTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String QUERY =
            "SELECT ticker FROM alpha_fundamental_data WHERE data_type = 'overview' AND (financial_data->>'MarketCap')::numeric > 1000000000 ORDER BY 1";

    private static void store(String ticker, String body) {
        List<Document> documents = Decode.json("OVERVIEW", body).documents();
        DATABASE.transactions()
                .run(c -> new DocumentWriter()
                        .write(c, new Symbol(ticker), documents, new WriteContext(1, Instant.EPOCH, false)));
    }

    @Test
    void everyAnswerIsStoredAndFound() {
        List<String> values = List.of(
                "\"5000000000\"",
                "\"N/A\"",
                "\"NaN\"",
                "\"Infinity\"",
                "\" 7\"",
                "\"1_000\"",
                "\"12e\"",
                "\"\"",
                "null",
                "true",
                "6e9",
                "5e400",
                "[\"7\"]",
                "{\"a\":1}",
                "\"" + "9".repeat(81) + "\"");
        for (int i = 0; i < values.size(); i++) {
            store("CAP" + i, "{\"MarketCapitalization\":" + values.get(i) + "}");
            store("OWN" + i, "{\"MarketCap\":" + values.get(i) + "}");
        }
        store("TWICE", "{\"MarketCap\":\"5000000000\",\"MarketCap\":\"x\"}");
        assertThat(DATABASE.query(QUERY)).hasToString("[[CAP0], [CAP10], [OWN0], [OWN10]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "-5",
                "+5",
                "5.",
                ".5",
                ".",
                "5.5",
                "5e9",
                "5E+9",
                "5e-99",
                "5e100",
                "1e",
                "",
                " 5",
                "5 ",
                "5\n",
                "٣",
                "NaN",
                "inf",
                "0x1F",
                "1_0",
                "1,0",
                "9999999999999999999999999999999999999999",
                "99999999999999999999999999999999999999999"
            })
    void theDecoderReadsNumbersAsTheDatabaseDoes(String text) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                var statement = connection.prepareStatement("SELECT alpha_numeric(?) IS NOT NULL")) {
            statement.setString(1, text);
            try (var row = statement.executeQuery()) {
                row.next();
                assertThat(Numeric.reads(text)).isEqualTo(row.getBoolean(1));
            }
        }
    }

    @Test
    void whatWasStoredBeforeIsMadeANumberOrNullWhenTheIndexComes() {
        DATABASE.execute("CREATE SCHEMA earlier");
        Flyway earlier = Flyway.configure()
                .configuration(
                        TestDatabase.flyway(DATABASE.dataSource(), "earlier").getConfiguration())
                .target("003")
                .load();
        earlier.migrate();
        String insert =
                "INSERT INTO earlier.alpha_fundamental_data (ticker, data_type, period, as_of, financial_data, raw_payload, ingestion_epoch, updated_at) VALUES ";
        // Two to a page at most, so that a new version of a row does not fit beside the old one.
        String pad = "\"pad\": \"' || (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 55) i) || '\"";
        DATABASE.execute(
                "ALTER TABLE earlier.alpha_fundamental_data ALTER financial_data SET STORAGE PLAIN",
                insert + "('A', 'overview', 'latest', 'infinity', ('{\"MarketCap\": \"x\", " + pad
                        + "}')::jsonb, '{\"Beta\": \"-\"}', 1, now())",
                insert + "('B', 'overview', 'latest', 'infinity', ('{\"MarketCap\": \"7000000000\", " + pad
                        + "}')::jsonb, NULL, 1, now())",
                insert + "('C', 'overview', 'latest', 'infinity', ('{\"MarketCap\": {\"a\": 1}, " + pad
                        + "}')::jsonb, NULL, 1, now())",
                insert + "('C', 'cash_flow', 'annual', '2024-12-31', '{\"MarketCap\": \"x\"}', NULL, 1, now())");
        List<List<String>> before = DATABASE.query(
                "SELECT ticker, data_type, financial_data - 'MarketCap', raw_payload FROM earlier.alpha_fundamental_data ORDER BY 1, 2");
        TestDatabase.flyway(DATABASE.dataSource(), "earlier").migrate();
        assertThat(
                        DATABASE.query(
                                "SELECT ticker, data_type, financial_data - 'MarketCap', raw_payload FROM earlier.alpha_fundamental_data ORDER BY 1, 2"))
                .isEqualTo(before);
        assertThat(
                        DATABASE.query(
                                "SELECT ticker, data_type, financial_data -> 'MarketCap' FROM earlier.alpha_fundamental_data ORDER BY 1, 2"))
                .hasToString(
                        "[[A, overview, null], [B, overview, \"7000000000\"], [C, cash_flow, \"x\"], [C, overview, null]]");
        assertThat(DATABASE.query(QUERY.replace("FROM ", "FROM earlier."))).hasToString("[[B]]");
    }
}
