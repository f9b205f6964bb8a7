package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.fetch.KeyFingerprint;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.Relay;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three processes at once, one database, one API: nothing is asked twice and the allowance is not overspent. */
class SharedWorkIT {

    private static final List<String> TICKERS = List.of(
            "AAPL", "AMZN", "BAC", "CSCO", "CVX", "DIS", "GE", "IBM", "INTC", "JNJ", "JPM", "KO", "MSFT", "PFE", "XOM");
    private static final int SERIES = 2 * TICKERS.size();
    private static final int PER_SECOND = 5;

    /** The API counts when a request arrives: on a busy machine one that was held up on its way comes with those behind it. */
    private static final int AT_THE_API = PER_SECOND + 1;

    private static final int PER_MINUTE = 120;
    private static final int PER_DAY = 200;
    private static final int DUE = 300;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    @BeforeEach
    void emptyDemoWarehouse() {
        DATABASE.execute(
                "TRUNCATE alpha_market_data, alpha_fundamental_data, alpha_watermark, alpha_request, alpha_run, alpha_budget",
                "INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', clock_timestamp()) ON CONFLICT DO NOTHING");
    }

    private Packaged program(String url) {
        return new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                .with("ALPHAKEEP_DATABASE_USER", "postgres")
                .with("ALPHAKEEP_API_KEY", "any")
                .with("ALPHAKEEP_API_URL", url);
    }

    private static List<Packaged.Running> start(Packaged program, int copies) {
        List<String> arguments = new ArrayList<>(List.of("ingest", "--json", "--only"));
        arguments.addAll(TICKERS);
        arguments.addAll(List.of("--function", "TIME_SERIES_MONTHLY", "OVERVIEW"));
        List<Packaged.Running> running = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            running.add(program.start(arguments.toArray(String[]::new)));
        }
        return running;
    }

    @Test
    void eachSeriesIsAskedOnce() {
        try (StandIn api = StandIn.start(StandInOptions.defaults());
                Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, 0)) {
            // What is held until all three are there is not to be given up before.
            List<Packaged.Running> running =
                    start(program(relay.url()).with("ALPHAKEEP_FETCH_READ_TIMEOUT_SECONDS", "120"), 3);
            Await.until(
                    "each of the three holds leases",
                    Duration.ofSeconds(90),
                    () -> DATABASE.value("SELECT count(DISTINCT lease_run) FROM alpha_watermark")
                            .equals("3"));
            relay.open();
            int sent = 0;
            for (Packaged.Running one : running) {
                Packaged.Finished finished = one.await();
                assertThat(finished.exitCode()).as(finished.all()).isZero();
                JsonNode report = Json.read(finished.out());
                assertThat(report.at("/requests/sent").asInt()).isPositive();
                sent += report.at("/requests/sent").asInt();
            }
            assertThat(sent).isEqualTo(SERIES);
            assertThat(api.requests()).isEqualTo(SERIES);
            assertThat(relay.asked()).hasSize(SERIES).doesNotHaveDuplicates();
        }
        checkRows(SERIES);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_run WHERE outcome = 'done'"))
                .isEqualTo("3");
    }

    @Test
    void whatAKilledCopyHadInFlightIsAskedByTheOther() {
        try (StandIn api = StandIn.start(StandInOptions.defaults());
                Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, 0)) {
            List<Packaged.Running> running = start(
                    program(relay.url())
                            .with("ALPHAKEEP_FETCH_READ_TIMEOUT_SECONDS", "120")
                            .with("ALPHAKEEP_RUN_LEASE_SECONDS", "4"),
                    2);
            Await.until(
                    "each of the two holds leases",
                    Duration.ofSeconds(90),
                    () -> DATABASE.value("SELECT count(DISTINCT lease_run) FROM alpha_watermark")
                            .equals("2"));
            running.get(0).process().destroyForcibly();
            assertThat(running.get(0).await().exitCode()).isEqualTo(137);
            relay.open();
            Packaged.Finished other = running.get(1).await();
            assertThat(other.exitCode()).as(other.all()).isZero();
            JsonNode requests = Json.read(other.out()).at("/requests");
            assertThat(requests.at("/ok").asInt()).as(other.all()).isEqualTo(SERIES);
            assertThat(requests.at("/leftToOthers").asInt()).isZero();
        }
        checkRows(SERIES);
    }

    /** Of the two days the one that is set counts, whatever was used of the other. */
    @Test
    void theDayIsThatOfUtcOrOfTheEastAsIsSet() {
        DATABASE.execute("""
                INSERT INTO alpha_budget (fingerprint, utc_day, utc_used, eastern_day, eastern_used, updated_at)
                VALUES ('%s', (now() AT TIME ZONE 'UTC')::date, 1, (now() AT TIME ZONE 'America/New_York')::date, 0, now())""".formatted(KeyFingerprint.of("any")));
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            Packaged program = program(api.url().toString()).with("ALPHAKEEP_REQUESTS_PER_DAY", "1");
            JsonNode eastern = oneOfTheDay(program.with("ALPHAKEEP_ALLOWANCE_DAY", "eastern"), "IBM");
            assertThat(eastern.at("/allowance/resetsAt").asText()).containsPattern("T0[45]:00:00Z");
            DATABASE.execute("UPDATE alpha_budget SET utc_used = 0");
            JsonNode utc = oneOfTheDay(program.with("ALPHAKEEP_ALLOWANCE_DAY", "utc"), "KO");
            assertThat(utc.at("/allowance/resetsAt").asText()).endsWith("T00:00:00Z");
        }
    }

    /**
     * The stand-in counts the day in UTC: its clock is set back so that its midnight is where the program is told that the
     * day begins, late enough for the first day's requests.
     */
    @Test
    void noWindowAndNoDayOfTheAllowanceIsExceededAndTheRestIsAskedTheNextDay() {
        Instant boundary =
                Instant.now().plusSeconds(110).truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
        LocalTime dayBegins = LocalTime.ofInstant(boundary, ZoneOffset.UTC);
        Clock shifted = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-dayBegins.toSecondOfDay()));
        try (StandIn api = StandIn.start(
                StandInOptions.defaults().withClock(shifted).withLimits(AT_THE_API, PER_MINUTE, PER_DAY))) {
            warm(api);
            long before = api.requests();
            Packaged program = program(api.url().toString())
                    .with("ALPHAKEEP_REQUESTS_PER_SECOND", Integer.toString(PER_SECOND))
                    .with("ALPHAKEEP_REQUESTS_PER_MINUTE", Integer.toString(PER_MINUTE))
                    .with("ALPHAKEEP_REQUESTS_PER_DAY", Integer.toString(PER_DAY))
                    .with("ALPHAKEEP_ALLOWANCE_DAY", dayBegins.toString());
            Packaged.Finished added = program.run(Stream.concat(
                            Stream.concat(Stream.of("watch", "add"), dueTickers()), Stream.of("--function", "OVERVIEW"))
                    .toArray(String[]::new));
            assertThat(added.exitCode()).as(added.all()).isZero();

            assertThat(sentByThree(program, "postponed")).isEqualTo(PER_DAY);
            assertThat(api.requests() - before).isEqualTo(PER_DAY);
            checkRows(PER_DAY);
            assertThat(Instant.now()).isBefore(boundary);

            Await.until(
                    "the next day", Duration.ofSeconds(180), () -> Instant.now().isAfter(boundary));
            assertThat(sentByThree(program, "done")).isEqualTo(DUE - PER_DAY);
            assertThat(api.requests() - before).isEqualTo(DUE);
            checkRows(DUE);
        }
    }

    private static JsonNode oneOfTheDay(Packaged program, String ticker) {
        Packaged.Finished finished = program.run("ingest", "--json", "--only", ticker, "--function", "OVERVIEW");
        assertThat(finished.exitCode()).as(finished.all()).isZero();
        return Json.read(finished.out());
    }

    /** A server's first answers take long, so that later ones could seem to come too close behind them; limits are per key. */
    private static void warm(StandIn api) {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 50; i++) {
            URI uri = URI.create(api.url() + "?function=OVERVIEW&symbol=IBM&apikey=other" + i);
            try {
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static Stream<String> dueTickers() {
        return IntStream.range(0, DUE).mapToObj(i -> "T" + (char) ('A' + i / 26) + (char) ('A' + i % 26));
    }

    /** How many requests three runs sent together, none of which the API found too many of in any window. */
    private static int sentByThree(Packaged program, String outcome) {
        List<Packaged.Running> running = IntStream.range(0, 3)
                .mapToObj(i -> program.start("ingest", "--json"))
                .toList();
        List<Packaged.Finished> ended =
                running.stream().map(Packaged.Running::await).toList();
        int sent = 0;
        for (Packaged.Finished finished : ended) {
            assertThat(finished.exitCode()).as(finished.all()).isIn(0, 75);
            JsonNode report = Json.read(finished.out());
            assertThat(report.at("/requests/throttled").asInt())
                    .as(finished.all())
                    .isZero();
            assertThat(report.at("/outcome").asText()).as(finished.all()).isEqualTo(outcome);
            sent += report.at("/requests/sent").asInt();
        }
        return sent;
    }

    private static void checkRows(int answers) {
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_request WHERE outcome = 'data'"))
                .isEqualTo(Integer.toString(answers));
        assertThat(DATABASE.value("SELECT count(DISTINCT (ticker, endpoint)) FROM alpha_request"))
                .isEqualTo(Integer.toString(answers));
        assertThat(DATABASE.value("SELECT sum(rows_inserted) FROM alpha_request"))
                .isEqualTo(
                        DATABASE.value(
                                "SELECT (SELECT count(*) FROM alpha_market_data) + (SELECT count(*) FROM alpha_fundamental_data)"));
        assertThat(DATABASE.value("SELECT sum(rows_changed + rows_removed + rows_rejected) FROM alpha_request"))
                .isEqualTo("0");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_watermark WHERE lease_run IS NOT NULL"))
                .isEqualTo("0");
    }
}
