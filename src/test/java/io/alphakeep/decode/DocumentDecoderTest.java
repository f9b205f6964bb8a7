package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.market.Document;
import io.alphakeep.market.Reject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentDecoderTest {

    @Test
    void aProfileIsOneDocumentWithEveryKey() {
        Decoded decoded = Decode.json("OVERVIEW", """
                {"Symbol":"IBM","Name":"N","MarketCapitalization":"5000","PEGRatio":"None","Beta":"-","Note2":"",
                 "AnalystRating":{"Buy":"3","Sell":"-","Deep":{"x":"None"}},"N2":null,"Weights":[1.50,"-"],"New":true}""");
        assertThat(decoded.documents()).singleElement().satisfies(document -> {
            assertThat(document.dataType()).isEqualTo("overview");
            assertThat(document.period()).isEqualTo("latest");
            assertThat(document.asOf()).isEqualTo(Document.LATEST);
            assertThat(document.financial())
                    .isEqualTo("{\"Symbol\":\"IBM\",\"Name\":\"N\",\"MarketCapitalization\":\"5000\",\"PEGRatio\":null,"
                            + "\"Beta\":null,\"Note2\":null,\"AnalystRating\":{\"Buy\":\"3\",\"Sell\":null,\"Deep\":{\"x\":null}},"
                            + "\"N2\":null,\"Weights\":[1.50,\"-\"],\"New\":true,\"MarketCap\":\"5000\"}");
            assertThat(document.altered())
                    .isEqualTo("{\"PEGRatio\":\"None\",\"Beta\":\"-\",\"Note2\":\"\","
                            + "\"AnalystRating\":{\"Sell\":\"-\",\"Deep\":{\"x\":\"None\"}}}");
        });
        assertThat(decoded.echoedSymbol()).contains("IBM");
        assertThat(decoded.meta()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'MarketCapitalization':'None'} | {'MarketCapitalization':null,'MarketCap':null}",
                "{'MarketCap':'1','MarketCapitalization':'2'} | {'MarketCap':'1','MarketCapitalization':'2'}",
                "{'Name':'x'} | {'Name':'x'}",
                "{'MarketCapitalization':5} | {'MarketCapitalization':5,'MarketCap':'5'}",
                "{'MarketCapitalization':'N/A'} | {'MarketCapitalization':'N/A','MarketCap':null}",
                "{'MarketCapitalization':'NaN'} | {'MarketCapitalization':'NaN','MarketCap':null}",
                "{'MarketCapitalization':' 5'} | {'MarketCapitalization':' 5','MarketCap':null}",
                "{'MarketCapitalization':{'USD':'5'}} | {'MarketCapitalization':{'USD':'5'},'MarketCap':null}",
                "{'MarketCapitalization':'-1.5E9'} | {'MarketCapitalization':'-1.5E9','MarketCap':'-1.5E9'}",
            })
    void marketCapIsTheCapitalizationUnlessItIsThere(String body, String financial) {
        Decoded decoded = Decode.json("OVERVIEW", body.replace('\'', '"'));
        assertThat(decoded.documents().get(0).financial()).isEqualTo(financial.replace('\'', '"'));
    }

    /** An index casts it: what is no number goes where nothing is cast, and nothing is lost. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'5.5' | '5.5' | ",
                "5e9 | 5e9 | ",
                "null | null | ",
                "'None' | null | 'None'",
                "'1,000' | null | '1,000'",
                "'0x1F' | null | '0x1F'",
                "true | null | 'true'",
                "5e100 | null | '5e100'",
                "{'USD':[1.50,null]} | null | '{\\'USD\\':[1.50,null]}'",
                "['1'] | null | '[\\'1\\']'"
            },
            quoteCharacter = '`')
    void aMarketCapThatTheApiSendsIsANumberOrNull(String sent, String kept, String altered) {
        Decoded decoded = Decode.json("OVERVIEW", "{\"MarketCap\":" + sent.replace('\'', '"') + "}");
        Document document = decoded.documents().get(0);
        assertThat(document.financial()).isEqualTo("{\"MarketCap\":" + kept.replace('\'', '"') + "}");
        assertThat(document.altered())
                .isEqualTo(altered == null ? null : "{\"MarketCap\":" + altered.replace('\'', '"') + "}");
    }

    @Test
    void emptyAnswersHoldNothing() {
        assertThat(Decode.json("OVERVIEW", "{}").isEmpty()).isTrue();
        assertThat(Decode.json("EARNINGS", "{}").isEmpty()).isTrue();
        assertThat(Decode.json("EARNINGS", "{\"symbol\":\"X\",\"annualEarnings\":[]}")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void reportsAreOneDocumentPerPeriodAndDate() {
        Decoded decoded = Decode.json("INCOME_STATEMENT", """
                {"symbol":"IBM","status":"ok","annualReports":[
                  {"fiscalDateEnding":"2024-12-31","netIncome":"10","ebit":"None"},
                  {"fiscalDateEnding":"2023-12-31","netIncome":"9"}],
                 "quarterlyReports":[{"fiscalDateEnding":"2024-12-31","netIncome":"3"}],
                 "estimates":[{"a":1.50}]}""");
        assertThat(decoded.documents())
                .extracting(d -> d.dataType() + " " + d.period() + " " + d.asOf())
                .containsExactly(
                        "income_statement annual 2023-12-31",
                        "income_statement annual 2024-12-31",
                        "income_statement quarterly 2024-12-31");
        assertThat(decoded.documents().get(1).financial())
                .isEqualTo("{\"fiscalDateEnding\":\"2024-12-31\",\"netIncome\":\"10\",\"ebit\":null}");
        assertThat(decoded.documents().get(1).altered()).isEqualTo("{\"ebit\":\"None\"}");
        assertThat(decoded.documents().get(0).altered()).isNull();
        assertThat(decoded.meta()).isEqualTo("{\"status\":\"ok\",\"estimates\":[{\"a\":1.50}]}");
        assertThat(decoded.echoedSymbol()).contains("IBM");
    }

    private static List<String> earnings(String array, String... dates) {
        StringBuilder rows = new StringBuilder();
        for (String date : dates) {
            rows.append(rows.isEmpty() ? "" : ",")
                    .append("{\"fiscalDateEnding\":\"" + date + "\",\"reportedEPS\":\"1\"}");
        }
        return Decode.json("EARNINGS", "{\"symbol\":\"X\",\"" + array + "\":[" + rows + "]}").documents().stream()
                .map(document -> document.period() + " " + document.asOf())
                .toList();
    }

    @Test
    void theYearThatIsNotOverIsToDate() {
        assertThat(earnings("annualEarnings", "2026-03-31", "2025-12-31", "2024-12-31"))
                .containsExactly("annual 2024-12-31", "annual 2025-12-31", "to_date 2026-03-31");
        // in whatever order it is listed
        assertThat(earnings("annualEarnings", "2024-06-30", "2025-06-30", "2025-09-30"))
                .containsExactly("annual 2024-06-30", "annual 2025-06-30", "to_date 2025-09-30");
    }

    @Test
    void theYearThatIsOverIsAnnual() {
        assertThat(earnings("annualEarnings", "2025-12-31", "2024-12-31")).noneMatch(d -> d.startsWith("to_date"));
        // February, and years of 52 and 53 weeks
        assertThat(earnings("annualEarnings", "2024-02-29", "2023-02-28")).noneMatch(d -> d.startsWith("to_date"));
        assertThat(earnings("annualEarnings", "2023-02-03", "2022-01-28")).noneMatch(d -> d.startsWith("to_date"));
        assertThat(earnings("annualEarnings", "2026-01-02", "2024-12-27")).noneMatch(d -> d.startsWith("to_date"));
        // one row says nothing about the year's end
        assertThat(earnings("annualEarnings", "2025-03-31")).containsExactly("annual 2025-03-31");
        // the first year after the fiscal year was moved, and the year to date after that
        assertThat(earnings("annualEarnings", "2025-12-31", "2024-12-31", "2023-06-30"))
                .noneMatch(d -> d.startsWith("to_date"));
        // no other array has a pseudo-year
        assertThat(earnings("quarterlyEarnings", "2026-03-31", "2025-12-31")).allMatch(d -> d.startsWith("quarterly"));
        assertThat(earnings("annualReports", "2026-03-31", "2025-12-31", "2024-12-31"))
                .allMatch(d -> d.startsWith("annual"));
    }

    @Test
    void aReportWithoutADateIsRejectedAndADifferingDuplicateToo() {
        Decoded decoded = Decode.json("EARNINGS", """
                {"quarterlyEarnings":[{"fiscalDateEnding":"None","a":"1"},{"a":"2"},7,
                 {"fiscalDateEnding":"2024-09-30","a":"3"},{"fiscalDateEnding":"2024-09-30","a":"3"},
                 {"fiscalDateEnding":"2024-09-30","a":"4"}]}""");
        assertThat(decoded.documents())
                .singleElement()
                .satisfies(document -> assertThat(document.financial()).contains("\"3\""));
        assertThat(decoded.rejects()).extracting(Reject::reason).containsExactly("date", "date", "shape", "duplicate");
        assertThat(decoded.rejects().get(1).place()).isEqualTo("quarterlyEarnings[1]");
        assertThat(decoded.rejects().get(1).payload()).isEqualTo("{\"a\":\"2\"}");
        assertThat(decoded.rejects().get(3).payload()).isEqualTo("{\"fiscalDateEnding\":\"2024-09-30\",\"a\":\"4\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"symbol\":\"X\",\"annualReports\":[{\"fiscalDateEnding\":\"2024-12-31\"}",
                "{\"annualReports\":[",
                "{\"annualReports\":[{\"fiscalDateEnding\":\"2024-12-31\"",
                "[]",
                "{\"a\":1}}"
            })
    void aShortOrMisshapenBodyIsNotDecoded(String body) {
        assertThatThrownBy(() -> Decode.json("CASH_FLOW", body)).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> Decode.json("OVERVIEW", body)).isInstanceOf(DecodeException.class);
    }

    @Test
    void thereIsNoCsvOfDocuments() {
        assertThatThrownBy(() -> Decode.csv("OVERVIEW", "a,b\n")).isInstanceOf(DecodeException.class);
    }
}
