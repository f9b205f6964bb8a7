package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.Fault;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Contents;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The original plan's day of requests, one in twenty of them answered badly, by a program that is killed ten times on
 * the way: the runs that it takes end with the same tables as one run whose requests all went well, and each kill cost
 * no more than what was in flight.
 */
class SoakIT {

    private static final int SERIES = 2_025;
    private static final int KILLS = 10;
    private static final int MOST_RUNS = 10;
    private static final int WORKERS = 4;
    private static final double EACH_FAULT = 0.01;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<String> FUNCTIONS =
            List.of("TIME_SERIES_DAILY", "GLOBAL_QUOTE", "OVERVIEW", "TIME_SERIES_MONTHLY");

    @RegisterExtension
    static final TestDatabase DISTURBED = new TestDatabase();

    @RegisterExtension
    static final TestDatabase ORACLE = new TestDatabase();

    @TempDir
    Path folder;

    private final long seed = System.nanoTime();
    private final List<String> arguments = new ArrayList<>(List.of("ingest", "--json", "--only"));
    private Packaged.Running running;

    /** All runs see the market of the same instant. */
    private final StandInOptions market =
            StandInOptions.defaults().withClock(Clock.fixed(Instant.now(), ZoneOffset.UTC));

    @AfterEach
    void end() {
        if (running != null) {
            running.process().destroyForcibly();
        }
    }

    @Test
    void badAnswersAndKillsLeaveNoTrace() throws IOException {
        Path list = watchList();
        long began = System.nanoTime();
        try (StandIn api = StandIn.start(market)) {
            Packaged program = program(ORACLE, api, list);
            assertThat(untilNothingIsDue(program).get(0).at("/requests/ok").asInt())
                    .isEqualTo(SERIES);
        }
        long undisturbed = System.nanoTime();
        try (StandIn api = StandIn.start(market.withSeed(seed)
                .withFaults(Map.of(
                        Fault.HTML, EACH_FAULT,
                        Fault.HTTP_503, EACH_FAULT,
                        Fault.TRUNCATED, EACH_FAULT,
                        Fault.WRONG_SYMBOL, EACH_FAULT,
                        Fault.EMPTY, EACH_FAULT)))) {
            Packaged program = program(DISTURBED, api, list);
            killAgainAndAgain(program, api, new Random(seed));
            List<JsonNode> runs = untilNothingIsDue(program);
            check(api.requests());
            System.out.printf(
                    "soak: %d series, %d requests for them, %d kills, then %d runs; seed %d; %d s undisturbed, %d s disturbed%n",
                    SERIES,
                    api.requests(),
                    KILLS,
                    runs.size(),
                    seed,
                    TimeUnit.NANOSECONDS.toSeconds(undisturbed - began),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - undisturbed));
        }
    }

    private void check(long requests) {
        assertThat(Contents.series(DISTURBED)).as("seed %d", seed).isEqualTo(Contents.series(ORACLE));
        assertThat(DISTURBED.query("SELECT DISTINCT ticker, endpoint FROM alpha_request WHERE outcome = 'data'"))
                .hasSize(SERIES);
        assertThat(DISTURBED.value("SELECT count(*) FROM alpha_request WHERE outcome = 'data'"))
                .as("answers that were stored, seed %d", seed)
                .isEqualTo(Integer.toString(SERIES));
        assertThat(DISTURBED.value("SELECT count(*) FROM alpha_reject")).isEqualTo("0");
        int told = Integer.parseInt(DISTURBED.value("SELECT count(*) FROM alpha_request"));
        assertThat(told).as("bad answers are in the ledger, seed %d", seed).isGreaterThan(SERIES);
        assertThat((int) requests - told)
                .as("requests that no ledger line tells of, seed %d", seed)
                .isBetween(0, KILLS * WORKERS);
        assertThat(DISTURBED.requestsUsed() - (int) requests)
                .as("permits that no request was sent on, seed %d", seed)
                .isLessThanOrEqualTo(KILLS * WORKERS);
        assertThat(DISTURBED.value("SELECT count(*) FROM alpha_run WHERE finished_at IS NULL"))
                .as("killed runs are seen")
                .isEqualTo(Integer.toString(KILLS));
    }

    /** Each at a random moment between the first request and the last; together they leave something to do. */
    private void killAgainAndAgain(Packaged program, StandIn api, Random random) {
        for (int i = 0; i < KILLS; i++) {
            long moment = api.requests() + 1 + random.nextInt(Math.max(1, SERIES / (KILLS + 2)));
            running = program.start(arguments.toArray(String[]::new));
            Await.until("the moment has come", PATIENCE, () -> api.requests() >= moment || !running.isAlive());
            running.process().destroyForcibly();
            Packaged.Finished killed = running.await();
            assertThat(killed.exitCode())
                    .as("kill %d, seed %d: %s", i + 1, seed, killed.all())
                    .isEqualTo(137);
        }
        Await.until(
                "the last dead run's leases are over",
                PATIENCE,
                () -> DISTURBED
                        .value("SELECT count(*) FROM alpha_watermark WHERE lease_until > clock_timestamp()")
                        .equals("0"));
    }

    /** The reports of all runs that had something to ask. Tickers are named, so that no failure makes a series wait. */
    private List<JsonNode> untilNothingIsDue(Packaged program) {
        List<JsonNode> reports = new ArrayList<>();
        while (reports.size() <= MOST_RUNS) {
            running = program.start(arguments.toArray(String[]::new));
            Packaged.Finished finished = running.await();
            assertThat(finished.exitCode()).as(finished.all()).isIn(0, 3);
            JsonNode report = Json.read(finished.out());
            if (report.at("/requests/planned").asInt() == 0) {
                return reports;
            }
            reports.add(report);
        }
        throw new AssertionError("something is still due after " + MOST_RUNS + " runs: " + reports.get(MOST_RUNS));
    }

    private Packaged program(TestDatabase database, StandIn api, Path list) {
        database.asDemo();
        Packaged program = Packaged.of(folder, database, api.url().toString())
                .with("ALPHAKEEP_RUN_WORKERS", Integer.toString(WORKERS))
                .with("ALPHAKEEP_RUN_LEASE_SECONDS", "2")
                // Compact daily bars, as fast as they come, and each bad answer counts.
                .with("ALPHAKEEP_PLAN", "free")
                .with("ALPHAKEEP_REQUESTS_PER_SECOND", "0")
                .with("ALPHAKEEP_REQUESTS_PER_DAY", "1000000")
                .with("ALPHAKEEP_RUN_ATTEMPTS", "1")
                .with("ALPHAKEEP_RUN_UNREACHABLE_LIMIT", "1000");
        Packaged.Finished imported = program.run("watch", "import", list.toString());
        assertThat(imported.exitCode()).as(imported.all()).isZero();
        return program;
    }

    private Path watchList() throws IOException {
        StringBuilder list = new StringBuilder("ticker,function\n");
        for (int i = 0; i < SERIES; i++) {
            String ticker = ticker(i / FUNCTIONS.size());
            list.append(ticker)
                    .append(',')
                    .append(FUNCTIONS.get(i % FUNCTIONS.size()))
                    .append('\n');
            if (i % FUNCTIONS.size() == 0) {
                arguments.add(ticker);
            }
        }
        return Files.writeString(folder.resolve("watchlist.csv"), list);
    }

    private static String ticker(int number) {
        char[] letters = new char[4];
        for (int i = 3, rest = number; i >= 0; i--, rest /= 26) {
            letters[i] = (char) ('A' + rest % 26);
        }
        return new String(letters);
    }
}
