package io.alphakeep.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.seen.Machine;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.ObservedReader;
import io.alphakeep.market.Document;
import io.alphakeep.market.Symbol;
import io.alphakeep.testkit.TestDatabase;
import io.alphakeep.write.DocumentWriter;
import io.alphakeep.write.WriteContext;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The form that is advised in place of a search of JSON as text finds the same rows, by the index that is advised with it. */
@Tag("postgres")
class JsonAsTextTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Pattern CONTAINS = Pattern.compile("(\\w+) @> '(\\{[^']*})'");
    private static final Pattern PATH = Pattern.compile("\\w+ @\\? '[^']*'");

    /** As the program writes them: 20 of 2,000 in the sector that is sought, each with one key whose text was altered. */
    @BeforeAll
    static void write() {
        DocumentWriter writer = new DocumentWriter();
        WriteContext context = new WriteContext(1, Instant.parse("2026-11-20T12:00:00Z"), false);
        DATABASE.transactions().run(connection -> {
            for (int i = 0; i < 2_000; i++) {
                String sector = i % 100 == 7 ? "TECHNOLOGY" : "SECTOR " + i % 100;
                writer.write(
                        connection,
                        new Symbol("T" + i),
                        List.of(new Document(
                                "overview",
                                "latest",
                                Document.LATEST,
                                "{\"Sector\": \"" + sector + "\", \"Beta\": null, \"Description\": \"" + "d".repeat(300)
                                        + "\"}",
                                "{\"Beta\": \"None\"}")),
                        context);
            }
            return null;
        });
        DATABASE.execute(
                "CREATE TABLE alpha_legacy AS SELECT ticker, financial_data AS raw_payload FROM alpha_fundamental_data",
                "ANALYZE");
    }

    private static Finding advice(String query) {
        Observed seen = new ObservedReader(DATABASE.transactions(), process -> Machine.UNKNOWN).read();
        Observed asked = new Observed(
                seen.machine(),
                seen.server(),
                seen.tables(),
                seen.indexes(),
                seen.partitions(),
                seen.sessions(),
                seen.slots(),
                List.of(new Observed.Query("1", query, 1, 5, 5, 5, 0)),
                seen.ages(),
                seen.oldest(),
                List.of());
        return Advisor.judge(asked).findings().stream()
                .filter(finding -> finding.id().equals("query-json-as-text"))
                .findFirst()
                .orElseThrow();
    }

    private static List<List<String>> tickers(String table, String condition) {
        return DATABASE.query("SELECT ticker FROM " + table + " WHERE " + condition + " ORDER BY ticker");
    }

    private static String first(Pattern form, Finding finding) {
        Matcher matcher = form.matcher(finding.next());
        assertThat(matcher.find()).as(finding.next()).isTrue();
        return matcher.group();
    }

    private static void isServed(Finding finding, String table, String condition) {
        assertThat(DATABASE.query("EXPLAIN SELECT ticker FROM " + table + " WHERE " + condition))
                .asString()
                .contains("Bitmap Index Scan on " + table);
        assertThat(finding.changes()).hasSize(1);
    }

    @Test
    void ofOurDocumentsItFindsWhatTheTextSays() {
        String table = "alpha_fundamental_data";
        List<List<String>> asText = tickers(table, "financial_data::text LIKE '%\"TECHNOLOGY\"%'");
        assertThat(asText).hasSize(20);
        assertThat(tickers(table, "raw_payload::text LIKE '%\"TECHNOLOGY\"%'"))
                .as("the plan's column holds what was altered alone")
                .isEmpty();
        Finding finding = advice("SELECT ticker FROM " + table + " WHERE raw_payload::text LIKE $1");
        String contains = first(CONTAINS, finding);
        String path = first(PATH, finding);
        assertThat(tickers(table, contains)).isEqualTo(asText);
        assertThat(tickers(table, path)).isEqualTo(asText);

        DATABASE.execute(finding.changes().get(0).sql());
        isServed(finding, table, contains);
        isServed(finding, table, path);
        assertThat(tickers(table, contains)).isEqualTo(asText);
        Finding again = advice("SELECT ticker FROM " + table + " WHERE financial_data::text LIKE $1");
        assertThat(again.changes()).as("there is one").isEmpty();
        assertThat(again.next()).contains("which alpha_fundamental_data_financial_data_gin serves");
        DATABASE.execute(finding.changes().get(0).undo());
        assertThat(advice("SELECT 1 FROM " + table + " WHERE raw_payload::text LIKE $1")
                        .changes())
                .hasSize(1);
    }

    @Test
    void ofAnothersTableItIsAboutThatTable() {
        List<List<String>> asText = tickers("alpha_legacy", "raw_payload::text LIKE '%\"TECHNOLOGY\"%'");
        Finding finding = advice("SELECT ticker FROM alpha_legacy WHERE raw_payload::text LIKE $1");
        String contains = first(CONTAINS, finding).replace("key", "Sector").replace("value", "TECHNOLOGY");
        assertThat(tickers("alpha_legacy", contains)).isEqualTo(asText).hasSize(20);
        DATABASE.execute(finding.changes().get(0).sql());
        isServed(finding, "alpha_legacy", contains);
    }
}
