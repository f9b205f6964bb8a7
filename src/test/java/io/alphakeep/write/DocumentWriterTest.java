package io.alphakeep.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.market.Document;
import io.alphakeep.market.Symbol;
import io.alphakeep.testkit.TestDatabase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class DocumentWriterTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final WriteDatabase WRITES = new WriteDatabase(DATABASE);

    private static List<List<String>> versions(String ticker) {
        return DATABASE.query("SELECT ctid, xmin, xmax, d::text FROM alpha_fundamental_data d WHERE ticker = '" + ticker
                + "' ORDER BY 4");
    }

    @Test
    void overviewsFillTheColumnsThatPeopleScreenBy() {
        Symbol ibm = new Symbol("IBM");
        Document overview = new Document(
                "overview",
                "latest",
                Document.LATEST,
                "{\"Name\": \"It's \\\"big\\\", {blue} \\\\ é\", \"MarketCapitalization\": \"123456789012\", \"MarketCap\": \"123456789012\", \"PERatio\": null, \"EPS\": \"1.50\"}",
                "{\"PERatio\": \"None\"}");
        assertThat(WRITES.write(ibm, List.of(overview))).isEqualTo(new WriteResult(1, 0, 0, 0, 0));
        assertThat(
                        DATABASE.query(
                                "SELECT market_cap, pe_ratio, eps, financial_data ->> 'Name', raw_payload ->> 'PERatio', as_of, ingestion_epoch FROM alpha_fundamental_data WHERE ticker = 'IBM'"))
                .hasToString("[[123456789012, null, 1.50, It's \"big\", {blue} \\ é, None, 9999-12-31, 1]]");
        List<List<String>> before = versions("IBM");
        // The same in another order of keys.
        Document again = new Document(
                "overview",
                "latest",
                Document.LATEST,
                "{\"EPS\": \"1.50\", \"Name\": \"It's \\\"big\\\", {blue} \\\\ é\", \"MarketCap\": \"123456789012\", \"MarketCapitalization\": \"123456789012\", \"PERatio\": null}",
                overview.altered());
        assertThat(WRITES.write(ibm, List.of(again))).isEqualTo(new WriteResult(0, 0, 1, 0, 0));
        assertThat(versions("IBM")).isEqualTo(before);
        Document changed = new Document(
                "overview", "latest", Document.LATEST, overview.financial().replace("1.50", "1.51"), null);
        assertThat(WRITES.write(ibm, List.of(changed))).isEqualTo(new WriteResult(0, 1, 0, 0, 0));
        assertThat(DATABASE.query("SELECT eps, raw_payload FROM alpha_fundamental_data WHERE ticker = 'IBM'"))
                .hasToString("[[1.51, null]]");
    }

    @Test
    void manyStatementsGoInChunks() {
        Symbol symbol = new Symbol("MANY");
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < DocumentWriter.CHUNK_DOCUMENTS + 30; i++) {
            documents.add(new Document(
                    "earnings",
                    i % 2 == 0 ? "annual" : "quarterly",
                    LocalDate.of(2000, 3, 31).plusMonths(i),
                    "{\"n\": " + i + "}",
                    null));
        }
        Collections.shuffle(documents, new Random(1));
        assertThat(WRITES.write(symbol, documents)).isEqualTo(new WriteResult(documents.size(), 0, 0, 0, 0));
        List<List<String>> before = versions("MANY");
        assertThat(WRITES.write(symbol, documents)).isEqualTo(new WriteResult(0, 0, documents.size(), 0, 0));
        assertThat(versions("MANY")).isEqualTo(before);
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        Document document = new Document("earnings", "annual", LocalDate.of(2020, 12, 31), "{}", null);
        assertThatThrownBy(() -> WRITES.write(new Symbol("TWO"), List.of(document, document)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TWO: the document earnings, annual, 2020-12-31 stands twice");
        assertThat(WRITES.write(new Symbol("TWO"), List.of())).isEqualTo(WriteResult.NONE);
    }
}
