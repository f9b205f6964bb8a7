package io.alphakeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.market.TradingCalendar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the real answers that others recorded, where their folder is at hand. */
class RealRecordingsTest {

    private Path folder;

    @BeforeEach
    void find() {
        String named = System.getProperty("ALPHAKEEP_RECORDED", System.getenv("ALPHAKEEP_RECORDED"));
        folder = Path.of(named == null ? "../shared/recorded" : named);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no recorded bodies at " + folder.toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource({
        "TIME_SERIES_DAILY, MSFT, json, arman-tech.AlphaVantageLib__time_series_daily-msft.json",
        "TIME_SERIES_DAILY_ADJUSTED, MSFT, json, arman-tech.AlphaVantageLib__time_series_daily_adjusted-msft.json",
        "TIME_SERIES_WEEKLY, MSFT, json, arman-tech.AlphaVantageLib__time_series_weekly-msft.json",
        "TIME_SERIES_MONTHLY, MSFT, json, arman-tech.AlphaVantageLib__time_series_monthly-msft.json",
        "TIME_SERIES_INTRADAY, MSFT, json, arman-tech.AlphaVantageLib__time_series_intraday-msft.json",
        "TIME_SERIES_DAILY, IBM, csv, portfoliotree.alphavantage__TIME_SERIES_DAILY_42a08190.csv",
        "TIME_SERIES_DAILY, AMJ, csv, portfoliotree.alphavantage__daily_AMJ.csv",
        "TIME_SERIES_INTRADAY, IBM, csv, portfoliotree.alphavantage__TIME_SERIES_INTRADAY_3dbdcdc7.csv",
        "GLOBAL_QUOTE, MSFT, json, RomelTorres.alpha-vantage__global_quote.json",
        "GLOBAL_QUOTE, IBM, csv, portfoliotree.alphavantage__GLOBAL_QUOTE_db7544f0.csv",
        "OVERVIEW, IBM, json, portfoliotree.alphavantage__OVERVIEW_b1e86153.json",
        "EARNINGS, AAPL, csv, public-github-id-only-__earnings_AAPL_2026_excerpt.json",
        "CASH_FLOW, IBM, json, portfoliotree.alphavantage__CASH_FLOW_d685b915.json"
    })
    void theNewestIsServed(String function, String symbol, String datatype, String file) throws IOException {
        try (Asking api = new Asking(StandInOptions.defaults().withRecorded(folder))) {
            assertThat(api.body("function=" + function + "&symbol=" + symbol + "&interval=5min&datatype=" + datatype))
                    .isEqualTo(Files.readString(folder.resolve(function).resolve(file)));
        }
    }

    /** The simulated answer has the form of the recorded one: the same keys in the same order, the same indentation. */
    @ParameterizedTest
    @CsvSource({
        "TIME_SERIES_DAILY, arman-tech.AlphaVantageLib__time_series_daily-msft.json",
        "TIME_SERIES_DAILY_ADJUSTED, arman-tech.AlphaVantageLib__time_series_daily_adjusted-msft.json",
        "TIME_SERIES_WEEKLY, arman-tech.AlphaVantageLib__time_series_weekly-msft.json",
        "TIME_SERIES_WEEKLY_ADJUSTED, arman-tech.AlphaVantageLib__time_series_weekly_adjusted-msft.json",
        "TIME_SERIES_MONTHLY, arman-tech.AlphaVantageLib__time_series_monthly-msft.json",
        "TIME_SERIES_MONTHLY_ADJUSTED, arman-tech.AlphaVantageLib__time_series_monthly_adjusted-msft.json",
        "TIME_SERIES_INTRADAY, arman-tech.AlphaVantageLib__time_series_intraday-msft.json",
        "OVERVIEW, portfoliotree.alphavantage__OVERVIEW_b1e86153.json",
        "INCOME_STATEMENT, portfoliotree.alphavantage__INCOME_STATEMENT_947bd231.json",
        "BALANCE_SHEET, portfoliotree.alphavantage__BALANCE_SHEET_54fef0fd.json",
        "CASH_FLOW, portfoliotree.alphavantage__CASH_FLOW_d685b915.json",
        "EARNINGS, portfoliotree.alphavantage__EARNINGS_d56c999e.json",
        "GLOBAL_QUOTE, RomelTorres.alpha-vantage__global_quote.json"
    })
    void theSimulatedAnswerHasTheRecordedForm(String function, String file) throws IOException {
        String recorded = Files.readString(folder.resolve(function).resolve(file));
        try (Asking api = Asking.at("2026-05-16T12:00:00Z")) {
            String simulated = api.body("function=" + function + "&symbol=MSFT&interval=5min&outputsize=full");
            assertThat(skeleton(simulated)).isEqualTo(skeleton(recorded));
        }
    }

    @Test
    void noticesAreTheApisOwnWords() throws IOException {
        Map<String, Reply> notices = Map.of(
                "error_apikey_missing_or_invalid", Notice.keyRefused(),
                "error_function_does_not_exist", Notice.noSuchFunction(""),
                "error_invalid_api_call_TIME_SERIES_DAILY", Notice.invalidCall("TIME_SERIES_DAILY"),
                "information_burst_1_per_second", Notice.burst(1),
                "information_burst_pattern_20_per_second", Notice.burst(20),
                "information_minute_level_limit", Notice.minute(),
                "information_daily_quota_with_key_echo", Notice.day("XXXX", 25),
                "information_premium_endpoint", Notice.premiumEndpoint(),
                "information_premium_parameter_outputsize", Notice.premiumOutputSize("TIME_SERIES_DAILY"));
        for (Map.Entry<String, Reply> notice : notices.entrySet()) {
            Path file = folder.resolve("_ERRORS/public-github-id-only-__" + notice.getKey() + ".json");
            assertThat(Asking.parse(new String(notice.getValue().body(), StandardCharsets.UTF_8)))
                    .as(notice.getKey())
                    .isEqualTo(Asking.parse(Files.readString(file)));
        }
    }

    @Test
    void theCalendarHasTheSessionsThatWereTraded() throws IOException {
        Path file = folder.resolve("TIME_SERIES_DAILY/arman-tech.AlphaVantageLib__time_series_daily-msft.json");
        JsonNode bars = Asking.parse(Files.readString(file)).path("Time Series (Daily)");
        Set<LocalDate> traded =
                Asking.keys(bars).stream().map(LocalDate::parse).collect(Collectors.toCollection(TreeSet::new));
        LocalDate first = traded.iterator().next();
        Set<LocalDate> computed = first.datesUntil(LocalDate.of(2019, 11, 30))
                .filter(TradingCalendar::isSession)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(traded).isEqualTo(computed);
    }

    /** The distinct lines in order of first sight, with every value and every date key blanked. */
    private static List<String> skeleton(String json) {
        return json.strip()
                .lines()
                .map(line -> line.replaceAll("\"\\d{4}-\\d\\d-\\d\\d[^\"]*\": \\{", "\"DATE\": {"))
                .map(line -> line.replaceAll("^(\\s*\"[^\"]+\": )\".*\"(,?)$", "$1VALUE$2"))
                .distinct()
                .toList();
    }
}
