package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.Fault;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The original plan's day of requests, one in twenty of them answered badly: the runs that it takes end with the same rows
 * as one run whose requests all went well. {@code soak.scale} says at which share of the full size.
 */
@Tag("soak")
class SoakIT {

    private static final int FULL_SIZE = 2_025;
    private static final int MOST_RUNS = 10;
    private static final double EACH_FAULT = 0.0125;
    private static final List<String> FUNCTIONS =
            List.of("TIME_SERIES_DAILY", "GLOBAL_QUOTE", "OVERVIEW", "TIME_SERIES_WEEKLY");

    @RegisterExtension
    static final TestDatabase BADLY_ANSWERED = new TestDatabase();

    @RegisterExtension
    static final TestDatabase ORACLE = new TestDatabase();

    @TempDir
    Path folder;

    private final int series =
            (int) Math.max(40, Math.round(Double.parseDouble(System.getProperty("soak.scale", "0.05")) * FULL_SIZE));

    /** Both runs see the market of the same instant. */
    private final StandInOptions api = StandInOptions.defaults()
            .withClock(Clock.fixed(Instant.now(), ZoneOffset.UTC))
            .withSeed(7);

    @Test
    void badAnswersLeaveNoTrace() throws IOException {
        JsonNode well = runUntilNothingIsDue(ORACLE, api).get(0);
        assertThat(well.at("/requests/ok").asInt()).isEqualTo(series);

        List<JsonNode> runs = runUntilNothingIsDue(
                BADLY_ANSWERED,
                api.withFaults(Map.of(
                        Fault.HTML, EACH_FAULT,
                        Fault.TRUNCATED, EACH_FAULT,
                        Fault.WRONG_SYMBOL, EACH_FAULT,
                        Fault.EMPTY, EACH_FAULT)));
        assertThat(runs.get(0).at("/requests/failed").asInt()).isPositive();
        assertThat(runs.get(0).at("/outcome").asText()).isEqualTo("partial");

        assertThat(rows(BADLY_ANSWERED)).isEqualTo(rows(ORACLE));
        assertThat(BADLY_ANSWERED.value("SELECT count(*) FROM alpha_request WHERE outcome = 'data'"))
                .isEqualTo(Integer.toString(series));
        assertThat(BADLY_ANSWERED.value("SELECT count(*) FROM alpha_reject")).isEqualTo("0");
    }

    /** The reports of all runs that had something to ask. Tickers are named, so that no failure makes a series wait. */
    private List<JsonNode> runUntilNothingIsDue(TestDatabase database, StandInOptions options) throws IOException {
        database.execute("INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', clock_timestamp())");
        List<String> arguments = new ArrayList<>(List.of("ingest", "--json", "--only"));
        StringBuilder list = new StringBuilder("ticker,function\n");
        for (int i = 0; i < series; i++) {
            String ticker = ticker(i / FUNCTIONS.size());
            list.append(ticker)
                    .append(',')
                    .append(FUNCTIONS.get(i % FUNCTIONS.size()))
                    .append('\n');
            if (i % FUNCTIONS.size() == 0) {
                arguments.add(ticker);
            }
        }
        Path file = Files.writeString(folder.resolve("watchlist.csv"), list);
        List<JsonNode> reports = new ArrayList<>();
        try (StandIn standIn = StandIn.start(options)) {
            Packaged program = new Packaged(folder)
                    .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(database.name()))
                    .with("ALPHAKEEP_DATABASE_USER", "postgres")
                    .with("ALPHAKEEP_API_URL", standIn.url().toString())
                    .with("ALPHAKEEP_API_KEY", "any")
                    // Compact daily bars, as fast as they come, and each bad answer counts.
                    .with("ALPHAKEEP_PLAN", "free")
                    .with("ALPHAKEEP_REQUESTS_PER_SECOND", "0")
                    .with("ALPHAKEEP_REQUESTS_PER_DAY", "0")
                    .with("ALPHAKEEP_RUN_ATTEMPTS", "1")
                    .with("ALPHAKEEP_RUN_UNREACHABLE_LIMIT", "1000");
            Packaged.Finished imported = program.run("watch", "import", file.toString());
            assertThat(imported.exitCode()).as(imported.all()).isZero();
            while (reports.size() <= MOST_RUNS) {
                Packaged.Finished finished = program.run(arguments.toArray(String[]::new));
                assertThat(finished.exitCode()).as(finished.all()).isIn(0, 3);
                JsonNode report = Json.read(finished.out());
                if (report.at("/requests/planned").asInt() == 0) {
                    return reports;
                }
                reports.add(report);
            }
        }
        throw new AssertionError("something is still due after " + MOST_RUNS + " runs: " + reports.get(MOST_RUNS));
    }

    private static String ticker(int number) {
        char[] letters = new char[4];
        for (int i = 3, rest = number; i >= 0; i--, rest /= 26) {
            letters[i] = (char) ('A' + rest % 26);
        }
        return new String(letters);
    }

    /** Per series, its number of rows and a checksum over them in order, without who wrote them and when. */
    private static List<List<String>> rows(TestDatabase database) {
        List<List<String>> all = new ArrayList<>(database.query("""
                SELECT ticker, endpoint, count(*), md5(string_agg(
                    (to_jsonb(m) - 'ingestion_epoch' - 'updated_at')::text, '|' ORDER BY "timestamp"))
                FROM alpha_market_data m GROUP BY ticker, endpoint ORDER BY ticker, endpoint"""));
        all.addAll(database.query("""
                SELECT ticker, data_type, count(*), md5(string_agg(
                    (to_jsonb(f) - 'ingestion_epoch' - 'updated_at')::text, '|' ORDER BY period, as_of))
                FROM alpha_fundamental_data f GROUP BY ticker, data_type ORDER BY ticker, data_type"""));
        return all;
    }
}
