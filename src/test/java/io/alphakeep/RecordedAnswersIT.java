package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.Recorded;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real answers, through the packaged program, into PostgreSQL: what lies in the tables afterwards equals the files, row
 * by row and column by column, by a reading of the files that shares nothing with the program's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedAnswersIT {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final List<String> FUNCTIONS = List.of(
            "TIME_SERIES_DAILY",
            "TIME_SERIES_DAILY_ADJUSTED",
            "TIME_SERIES_WEEKLY",
            "TIME_SERIES_WEEKLY_ADJUSTED",
            "TIME_SERIES_MONTHLY",
            "TIME_SERIES_MONTHLY_ADJUSTED",
            "TIME_SERIES_INTRADAY:5min");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private Path recorded;
    private JsonNode first;
    private JsonNode second;

    @BeforeAll
    void ingest(@TempDir Path folder) {
        recorded = Recorded.folderOrSkip();
        try (StandIn api = StandIn.start(StandInOptions.defaults().withRecorded(recorded))) {
            Packaged program = new Packaged(folder)
                    .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                    .with("ALPHAKEEP_DATABASE_USER", "postgres")
                    .with("ALPHAKEEP_SCHEMA", "recorded")
                    .with("ALPHAKEEP_API_URL", api.url().toString())
                    .with("ALPHAKEEP_API_KEY", "any");
            Packaged.Finished migrated = program.run("migrate", "--demo");
            assertThat(migrated.exitCode()).as(migrated.all()).isZero();
            List<String> ingest = new ArrayList<>(List.of("ingest", "--only", "MSFT", "--function"));
            ingest.addAll(FUNCTIONS);
            ingest.addAll(List.of("--json"));
            first = report(program.run(ingest.toArray(String[]::new)));
            ingest.add("--refresh");
            second = report(program.run(ingest.toArray(String[]::new)));
        }
    }

    private static JsonNode report(Packaged.Finished finished) {
        assertThat(finished.exitCode()).as(finished.all()).isZero();
        return Json.read(finished.out());
    }

    @ParameterizedTest
    @CsvSource({
        "TIME_SERIES_DAILY,TIME_SERIES_DAILY,time_series_daily-msft",
        "TIME_SERIES_DAILY_ADJUSTED,TIME_SERIES_DAILY_ADJUSTED,time_series_daily_adjusted-msft",
        "TIME_SERIES_WEEKLY,TIME_SERIES_WEEKLY,time_series_weekly-msft",
        "TIME_SERIES_WEEKLY_ADJUSTED,TIME_SERIES_WEEKLY_ADJUSTED,time_series_weekly_adjusted-msft",
        "TIME_SERIES_MONTHLY,TIME_SERIES_MONTHLY,time_series_monthly-msft",
        "TIME_SERIES_MONTHLY_ADJUSTED,TIME_SERIES_MONTHLY_ADJUSTED,time_series_monthly_adjusted-msft",
        "TIME_SERIES_INTRADAY,TIME_SERIES_INTRADAY_5min,time_series_intraday-msft"
    })
    void theTableEqualsTheFile(String function, String endpoint, String name) throws IOException {
        Path file = recorded.resolve(function).resolve("arman-tech.AlphaVantageLib__" + name + ".json");
        List<String> expected = rows(Json.read(Files.readString(file)));
        List<String> stored = DATABASE.query("""
                        SELECT to_char("timestamp" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), open_price, high_price, low_price,
                               close_price, volume, adjusted_close, dividend_amount, split_coefficient, raw_payload, api_function
                        FROM recorded.alpha_market_data WHERE ticker = 'MSFT' AND endpoint = '%s' ORDER BY "timestamp"
                        """.formatted(endpoint)).stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
        assertThat(stored)
                .hasSameSizeAs(expected)
                .isEqualTo(
                        expected.stream().map(row -> row + "|null|" + function).toList());
    }

    /** Each bar as {@code UTC stamp|open|high|low|close|volume|adjusted|dividend|split}, oldest first. */
    private static List<String> rows(JsonNode body) {
        String series = names(body).stream()
                .filter(n -> !n.equals("Meta Data"))
                .findFirst()
                .orElseThrow();
        List<String> rows = new ArrayList<>();
        body.get(series).properties().forEach(bar -> {
            JsonNode v = bar.getValue();
            boolean adjusted = v.has("5. adjusted close");
            rows.add(String.join(
                    "|",
                    utc(bar.getKey()),
                    v.get("1. open").asText(),
                    v.get("2. high").asText(),
                    v.get("3. low").asText(),
                    v.get("4. close").asText(),
                    v.get(adjusted ? "6. volume" : "5. volume").asText(),
                    adjusted ? v.get("5. adjusted close").asText() : "null",
                    adjusted ? v.get("7. dividend amount").asText() : "null",
                    v.has("8. split coefficient")
                            ? v.get("8. split coefficient").asText()
                            : "null"));
        });
        rows.sort(Comparator.naturalOrder());
        return rows;
    }

    private static List<String> names(JsonNode body) {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String utc(String key) {
        if (key.length() == 10) {
            return key + " 00:00:00";
        }
        return LocalDateTime.parse(key, STAMP)
                .atZone(ZoneId.of("America/New_York"))
                .withZoneSameInstant(ZoneOffset.UTC)
                .format(STAMP);
    }

    @Test
    void theReportCountsWhatLiesInTheTable() {
        long rows = Long.parseLong(DATABASE.value("SELECT count(*) FROM recorded.alpha_market_data"));
        assertThat(first.at("/rows/inserted").asLong()).isEqualTo(rows).isGreaterThan(10_000);
        assertThat(first.at("/requests/ok").asInt()).isEqualTo(FUNCTIONS.size());
        assertThat(second.at("/requests/sent").asInt()).isEqualTo(FUNCTIONS.size());
        assertThat(second.at("/rows/unchanged").asLong()).isEqualTo(rows);
        assertThat(second.at("/rows/inserted").asLong()
                        + second.at("/rows/changed").asLong())
                .isZero();
    }

    @Test
    void theAnswersMetaDataIsInTheLedger() {
        assertThat(
                        DATABASE.value(
                                "SELECT meta ->> '1. Information' FROM recorded.alpha_request WHERE endpoint = 'TIME_SERIES_DAILY' ORDER BY request LIMIT 1"))
                .isEqualTo("Daily Prices (open, high, low, close) and Volumes");
    }

    @Test
    void oldYearsAreOnePartitionEach() {
        assertThat(
                        DATABASE.value(
                                "SELECT count(*) FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = 'recorded.alpha_market_data'::regclass AND relname ~ '_[0-9]{4}$'"))
                .isEqualTo("21"); // 1999 to 2019
    }
}
