package io.alphakeep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice among recorded bodies, on a folder of our own. */
class RecordedBodiesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void record() throws IOException {
        write("TIME_SERIES_DAILY/a__daily-msft.json", series("MSFT", "2018-04-11"));
        write("TIME_SERIES_DAILY/d__daily-msft.json", series("MSFT", "2019-11-29"));
        write("TIME_SERIES_DAILY/c__daily-msft.json", series("MSFT", "2019-11-29") + " ".repeat(50));
        write("TIME_SERIES_DAILY/p__42a08190.csv", "timestamp,open\n2026-05-15,1\n");
        write("TIME_SERIES_DAILY/p__42a08190_2025-11-08.csv", "timestamp,open\n2025-11-07,1\n");
        write("TIME_SERIES_DAILY/p__daily_AMJ.csv", "timestamp,open\n2020-08-21,1\n");
        write("TIME_SERIES_INTRADAY/i__x.json", series("MSFT", "2018-04-11 15:30:00\", \"4. Interval\": \"15min"));
        write("GLOBAL_QUOTE/q.csv", "symbol,open\nKO,1,2026-05-15\n");
        write("OVERVIEW/o.json", "{\"Symbol\": \"IBM\", \"LatestQuarter\": \"2026-03-31\"}");
        write("REALTIME_OPTIONS/s.csv", "symbol,date\nXXYYZZ,2099-99-99\n");
        write(
                "INDEX.tsv",
                "file\tfunction\tnotes\nTIME_SERIES_DAILY/p__42a08190.csv\tTIME_SERIES_DAILY\t"
                        + "fetched 2026-05-17; url https://x/?function=TIME_SERIES_DAILY&symbol=IBM&datatype=csv\n");
    }

    @Test
    void theNewestAndFullestIsServedByteByByte() throws IOException {
        try (Asking api = api()) {
            HttpResponse<String> json = api.ask("function=TIME_SERIES_DAILY&symbol=msft");
            assertThat(json.body()).isEqualTo(Files.readString(folder.resolve("TIME_SERIES_DAILY/c__daily-msft.json")));
            assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
            HttpResponse<String> csv = api.ask("function=TIME_SERIES_DAILY&symbol=IBM&datatype=csv");
            assertThat(csv.body()).isEqualTo("timestamp,open\n2026-05-15,1\n");
            assertThat(csv.headers().firstValue("Content-Type")).contains("application/x-download");
            assertThat(csv.headers().firstValue("X-Alphakeep-Simulated")).contains("true");
            assertThat(api.body("function=TIME_SERIES_DAILY&symbol=AMJ&datatype=csv"))
                    .contains("2020-08-21");
            assertThat(api.body("function=GLOBAL_QUOTE&symbol=KO&datatype=csv")).startsWith("symbol,");
            assertThat(api.body("function=OVERVIEW&symbol=IBM")).contains("LatestQuarter");
        }
    }

    @Test
    void intervalAndMonthMustMatch() {
        try (Asking api = api()) {
            String query = "function=TIME_SERIES_INTRADAY&symbol=MSFT&interval=";
            assertThat(api.body(query + "15min")).contains("2. Symbol");
            assertThat(api.body(query + "5min")).contains("Invalid API call.");
            assertThat(api.body(query + "15min&month=2018-04")).contains("2. Symbol");
            assertThat(api.body(query + "15min&month=2018-03")).contains("Invalid API call.");
        }
    }

    @Test
    void whatWasNotRecordedIsUnknown() {
        try (Asking api = api()) {
            assertThat(api.body("function=TIME_SERIES_DAILY&symbol=IBM"))
                    .as("only CSV")
                    .contains("Invalid API call.");
            assertThat(api.body("function=TIME_SERIES_WEEKLY&symbol=IBM")).contains("Invalid API call.");
            assertThat(api.body("function=GLOBAL_QUOTE&symbol=IBM")).isEqualTo("{}");
            assertThat(api.body("function=CASH_FLOW&symbol=IBM")).isEqualTo("{}");
            assertThat(api.body("function=NO_SUCH&symbol=IBM")).contains("This API function (NO_SUCH) does not exist.");
        }
    }

    @Test
    void afolderWithoutBodiesIsRefused(@TempDir Path empty) {
        for (Path none : new Path[] {empty, empty.resolve("absent")}) {
            assertThatThrownBy(() -> StandIn.start(StandInOptions.defaults().withRecorded(none)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(none.toString());
        }
    }

    private Asking api() {
        return new Asking(StandInOptions.defaults().withRecorded(folder));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String series(String symbol, String refreshed) {
        return "{\"Meta Data\": {\"2. Symbol\": \"" + symbol + "\", \"3. Last Refreshed\": \"" + refreshed + "\"}}";
    }
}
