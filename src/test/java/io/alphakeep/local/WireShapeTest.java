package io.alphakeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.catalog.Catalog;
import io.alphakeep.catalog.Function;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The wire format, character by character where characters matter. Saturday 2026-05-16: the newest session is Friday's.
 */
class WireShapeTest {

    private static final String PRICE = "\"\\d+\\.\\d{4}\"";

    private static Asking api;

    @BeforeAll
    static void start() {
        api = Asking.at("2026-05-16T12:00:00Z");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void dailyJson() {
        assertThat(api.body("function=TIME_SERIES_DAILY&symbol=IBM")).matches("(?s)" + """
                        \\{
                            "Meta Data": \\{
                                "1. Information": "Daily Prices \\(open, high, low, close\\) and Volumes",
                                "2. Symbol": "IBM",
                                "3. Last Refreshed": "2026-05-15",
                                "4. Output Size": "Compact",
                                "5. Time Zone": "US/Eastern"
                            \\},
                            "Time Series \\(Daily\\)": \\{
                                "2026-05-15": \\{
                                    "1. open": PRICE,
                                    "2. high": PRICE,
                                    "3. low": PRICE,
                                    "4. close": PRICE,
                                    "5. volume": "\\d+"
                                \\},
                                "2026-05-14": \\{.*
                                \\}
                            \\}
                        \\}""".replace("PRICE", PRICE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TIME_SERIES_DAILY_ADJUSTED|Daily Time Series with Splits and Dividend Events|Time Series (Daily)
                    TIME_SERIES_WEEKLY|Weekly Prices (open, high, low, close) and Volumes|Weekly Time Series
                    TIME_SERIES_WEEKLY_ADJUSTED|Weekly Adjusted Prices and Volumes|Weekly Adjusted Time Series
                    TIME_SERIES_MONTHLY|Monthly Prices (open, high, low, close) and Volumes|Monthly Time Series
                    TIME_SERIES_MONTHLY_ADJUSTED|Monthly Adjusted Prices and Volumes|Monthly Adjusted Time Series
                    TIME_SERIES_INTRADAY|Intraday (5min) open, high, low, close prices and volume|Time Series (5min)
                    """)
    void containersOfSeries(String function, String information, String container) {
        JsonNode answer = api.json("function=" + function + "&symbol=ibm&interval=5min&outputsize=full");
        assertThat(Asking.keys(answer)).containsExactly("Meta Data", container);
        assertThat(answer.path("Meta Data").path("1. Information").asText()).isEqualTo(information);
        assertThat(answer.path("Meta Data").path("2. Symbol").asText()).isEqualTo("IBM");
        JsonNode bar = answer.path(container).elements().next();
        assertThat(bar).allMatch(JsonNode::isTextual);
        if (!function.endsWith("_ADJUSTED")) {
            assertThat(Asking.keys(bar)).containsExactly("1. open", "2. high", "3. low", "4. close", "5. volume");
        } else {
            assertThat(Asking.keys(bar))
                    .startsWith("1. open", "2. high", "3. low", "4. close", "5. adjusted close", "6. volume")
                    .endsWith(function.contains("DAILY") ? "8. split coefficient" : "7. dividend amount");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TIME_SERIES_DAILY|timestamp,open,high,low,close,volume
                    TIME_SERIES_INTRADAY|timestamp,open,high,low,close,volume
                    TIME_SERIES_MONTHLY|timestamp,open,high,low,close,volume
                    TIME_SERIES_WEEKLY_ADJUSTED|timestamp,open,high,low,close,adjusted close,volume,dividend amount
                    GLOBAL_QUOTE|symbol,open,high,low,price,volume,latestDay,previousClose,change,changePercent
                    """)
    void headersOfCsv(String function, String header) throws IOException {
        HttpResponse<String> answer = api.ask("function=" + function + "&symbol=IBM&interval=60min&datatype=csv");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-download");
        assertThat(answer.body()).startsWith(header + "\r\n").endsWith("\r\n");
        assertThat(answer.body().replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    }

    @Test
    void dailyAdjustedPrintsFloatsAndTheOthersFourDecimals() {
        assertThat(api.csv("function=TIME_SERIES_DAILY_ADJUSTED&symbol=IBM").get(0))
                .isEqualTo("timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient");
        assertThat(api.csv("function=TIME_SERIES_DAILY_ADJUSTED&symbol=IBM").get(1))
                .matches("2026-05-15(,\\d+\\.\\d{1,4}){5},\\d+,0\\.0000,1\\.0");
        assertThat(api.csv("function=TIME_SERIES_WEEKLY_ADJUSTED&symbol=IBM").get(1))
                .matches("2026-05-15(,\\d+\\.\\d{4}){5},\\d+,\\d\\.\\d{4}");
        assertThat(api.csv("function=TIME_SERIES_DAILY_ADJUSTED&symbol=IBM&outputsize=full"))
                .as("noise digits in adjusted_close of old rows")
                .anyMatch(line -> line.split(",")[5].length() > 12);
    }

    @Test
    void quoteJson() {
        JsonNode quote = api.json("function=GLOBAL_QUOTE&symbol=IBM").path("Global Quote");
        assertThat(Asking.keys(quote))
                .containsExactly(
                        "01. symbol",
                        "02. open",
                        "03. high",
                        "04. low",
                        "05. price",
                        "06. volume",
                        "07. latest trading day",
                        "08. previous close",
                        "09. change",
                        "10. change percent");
        assertThat(quote.path("07. latest trading day").asText()).isEqualTo("2026-05-15");
        assertThat(quote.path("10. change percent").asText()).matches("-?\\d+\\.\\d{4}%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void everyFunctionAnswersAndIsMarkedAsSimulated(String datatype) throws IOException {
        for (Function function : Catalog.functions()) {
            HttpResponse<String> answer =
                    api.ask("function=" + function.name() + "&symbol=MSFT&interval=15min&datatype=" + datatype);
            boolean csv = datatype.equals("csv") && function.csv();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Alphakeep-Simulated")).contains("true");
            assertThat(answer.headers().firstValue("Transfer-Encoding")).contains("chunked");
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains(csv ? "application/x-download" : "application/json");
            assertThat(answer.body())
                    .as(function.name())
                    .contains("MSFT".repeat(csv ? 0 : 1))
                    .hasSizeGreaterThan(80);
        }
    }

    @Test
    void errorsAreJsonEvenForCsv() throws IOException {
        HttpResponse<String> unknown = api.ask("function=TIME_SERIES_DAILY&symbol=ZZTOP&datatype=csv");
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(unknown.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(unknown.headers().firstValue("X-Alphakeep-Simulated")).contains("true");
        assertThat(unknown.body())
                .isEqualTo("{\n    \"Error Message\": \"Invalid API call. Please retry or visit the documentation"
                        + " (https://www.alphavantage.co/documentation/) for TIME_SERIES_DAILY.\"\n}");
        assertThat(api.body("function=OVERVIEW&symbol=ZZTOP")).isEqualTo("{}");
        assertThat(api.body("function=EARNINGS&symbol=TOOLONG")).isEqualTo("{}");
        assertThat(api.body("function=GLOBAL_QUOTE&symbol=ZZ")).isEqualTo("{\n    \"Global Quote\": {}\n}");
        assertThat(api.body("function=GLOBAL_QUOTE&symbol=ZZ&datatype=csv")).isEqualTo("{}");
        assertThat(api.json("function=SECTOR").path("Error Message").asText())
                .isEqualTo("This API function (SECTOR) does not exist.");
        assertThat(api.json("symbol=IBM").path("Error Message").asText())
                .isEqualTo("This API function () does not exist.");
        assertThat(api.askRaw("function=OVERVIEW&symbol=IBM").body())
                .contains("the parameter apikey is invalid or missing");
        assertThat(api.askRaw("function=OVERVIEW&symbol=IBM&apikey=demo").body())
                .contains("\"Symbol\": \"IBM\"");
    }
}
