package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Door;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.Relay;
import io.alphakeep.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The process that stays: what its doors answer, how it ends, and that several of them keep one schedule. */
class ServeIT {

    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String TOKEN = "canary-token-of-the-tests";
    private static final String IBM = "\"only\": [\"IBM\"], \"functions\": [\"OVERVIEW\"]";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private final Door door = new Door(TOKEN);
    private StandIn api;
    private Relay relay;

    @BeforeEach
    void emptyDemoWarehouse() {
        DATABASE.execute(
                "TRUNCATE alpha_market_data, alpha_fundamental_data, alpha_watermark, alpha_request, alpha_run, alpha_tick",
                "INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', clock_timestamp()) ON CONFLICT DO NOTHING");
        api = StandIn.start(StandInOptions.defaults());
        relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, 0);
    }

    @AfterEach
    void stop() {
        relay.close();
        api.close();
    }

    private Packaged program() {
        return new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                .with("ALPHAKEEP_DATABASE_USER", "postgres")
                .with("ALPHAKEEP_API_KEY", "any")
                .with("ALPHAKEEP_API_URL", relay.url())
                .with("ALPHAKEEP_HTTP_HOST", "127.0.0.1")
                .with("ALPHAKEEP_HTTP_PORT", "0")
                .with("ALPHAKEEP_INGEST_CRON", "off")
                .with("ALPHAKEEP_MAINTAIN_CRON", "off");
    }

    private Packaged.Running serve(Packaged program) {
        Packaged.Running serving = listens(program);
        Await.until("it is ready", LONG, () -> get("/q/health/ready").statusCode() == 200);
        return serving;
    }

    private Packaged.Running listens(Packaged program) {
        Packaged.Running serving = program.start("serve");
        Await.until("it listens", LONG, () -> {
            Matcher place = LISTENING.matcher(serving.err());
            if (place.find()) {
                door.at(place.group(1));
            }
            return door.isKnown() || !serving.process().isAlive();
        });
        assertThat(serving.process().isAlive()).as(serving.err()).isTrue();
        return serving;
    }

    private HttpResponse<String> get(String path) {
        return door.get(path);
    }

    private HttpResponse<String> post(String query, String body) {
        return door.post(query, body);
    }

    private JsonNode check(HttpResponse<String> answer, int status) {
        return door.check(answer, status);
    }

    @Test
    void theDoorByHttpAndTheEndByASignal() throws Exception {
        Packaged program = program().with("ALPHAKEEP_HTTP_TOKEN", TOKEN);
        Packaged.Running serving = serve(program);
        refusals();
        outOfTime();
        relay.open();
        runs();
        lockedOut(program, serving);
        assertThat(serving.out() + serving.err()).doesNotContain(TOKEN, "ERROR", "WARN");
    }

    private void refusals() {
        for (String token : new String[] {null, "Bearer wrong", TOKEN, "Bearer", "Basic " + TOKEN}) {
            HttpResponse<String> answer = door.send("POST", "/runs", token, "application/json", "{}");
            check(answer, 401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"alphakeep\"");
        }
        check(door.send("GET", "/runs/1", null, null, null), 401);
        Map.of(
                        "{\"onyl\": []}", "'onyl'",
                        "{\"only\": [\"$%\"]}", "only",
                        "{\"functions\": [\"TIME_SERIES_DALY\"]}", "TIME_SERIES_DAILY",
                        "{\"only\": [\"IBM\"]}", "not on the watchlist",
                        "{\"maxRequests\": 0}", "maxRequests",
                        "{", "JSON")
                .forEach((body, named) -> assertThat(
                                check(post("", body), 400).at("/error").asText())
                        .contains(named));
        check(post("?wait=maybe", "{}"), 400);
        check(post("", " ".repeat(65_537)), 413);
        check(door.send("POST", "/runs", "Bearer " + TOKEN, "text/plain", "{}"), 415);
        HttpResponse<String> put = door.send("PUT", "/runs", "Bearer " + TOKEN, "application/json", "{}");
        check(put, 405);
        assertThat(put.headers().firstValue("Allow")).hasValue("GET, POST");
        check(get("/nothing"), 404);
        check(get("/runs/1"), 404);
        check(get("/runs/x"), 404);
        check(get("/runs?limit=201"), 400);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_run")).isEqualTo("0");
    }

    /** The API holds its answer back: the time that the body gives ends the run. Of one that was killed its line is answered. */
    private void outOfTime() {
        JsonNode late = check(post("?wait=true", "{" + IBM + ", \"timeout\": \"1s\"}"), 200);
        assertThat(late.at("/outcome").asText()).isEqualTo("postponed");
        assertThat(late.at("/requests/ok").asInt()).isZero();
        assertThat(late.at("/durationMs").asInt()).isBetween(900, 20_000);
        DATABASE.execute(
                "TRUNCATE alpha_run, alpha_watermark",
                "INSERT INTO alpha_run (started_at, alive_until, door, host, process, version) VALUES (now(), now() - interval '1 s', 'command', 'h', 1, 'v')");
        String killed = DATABASE.value("SELECT run FROM alpha_run");
        JsonNode line = check(get("/runs/" + killed), 200);
        assertThat(line.at("/outcome").asText()).isEqualTo("killed");
        assertThat(line.at("/finishedAt").isNull()).isTrue();
        DATABASE.execute("TRUNCATE alpha_run");
    }

    private void runs() {
        JsonNode plan = check(post("", "{" + IBM + ", \"dryRun\": true}"), 200);
        assertThat(plan.at("/requests/0/ticker").asText()).isEqualTo("IBM");
        // Two months and a half back, of bars that are asked for by the month.
        String bars = "{\"only\": [\"IBM\"], \"functions\": [\"TIME_SERIES_INTRADAY:60min\"], \"dryRun\": true";
        String since = LocalDate.now(ZoneOffset.UTC).minusDays(75).toString();
        int without = check(post("", bars + "}"), 200).at("/requests").size();
        assertThat(check(post("", bars + ", \"since\": \"" + since + "\"}"), 200)
                        .at("/requests"))
                .as("months since %s", since)
                .hasSizeGreaterThan(without);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_run")).isEqualTo("0");

        HttpResponse<String> accepted = post("", "{" + IBM + ", \"exclusive\": true}");
        JsonNode run = check(accepted, 202);
        String location = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo(run.at("/location").asText()).endsWith("/runs/" + run.at("/run"));
        Await.until(
                "the run is over",
                LONG,
                () -> !check(get(location), 200).at("/outcome").asText().equals("running"));
        JsonNode report = check(get(location), 200);
        assertThat(report.at("/outcome").asText()).isEqualTo("done");
        assertThat(report.at("/requests/ok").asInt()).isEqualTo(1);
        assertThat(DATABASE.value("SELECT door FROM alpha_run")).isEqualTo("http");

        JsonNode again = check(post("?wait=true", "{" + IBM + ", \"refresh\": true}"), 200);
        assertThat(again.at("/rows/unchanged").asInt()).isEqualTo(1);
        JsonNode recent = check(get("/runs?limit=1"), 200).at("/runs");
        assertThat(recent).hasSize(1);
        assertThat(recent.at("/0/run")).isEqualTo(again.at("/run"));
        assertThat(check(get("/runs"), 200).at("/runs")).hasSize(2);
    }

    /** Runs that wait for a lock: others that are to be alone give way, and a signal waits for them. */
    private void lockedOut(Packaged program, Packaged.Running serving) throws SQLException, InterruptedException {
        try (Connection lock = DATABASE.lock("alpha_request IN EXCLUSIVE MODE")) {
            String run = check(post("", "{" + IBM + ", \"refresh\": true}"), 202)
                    .at("/run")
                    .asText();
            Await.until(
                    "it waits to write",
                    LONG,
                    () -> DATABASE.value("SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .equals("1"));
            assertThat(check(post("", "{\"exclusive\": true, " + IBM + "}"), 409)
                            .at("/error")
                            .asText())
                    .contains("run " + run, "process " + serving.process().pid());
            Packaged.Finished lost = program.run("ingest", "--exclusive", "--only", "IBM", "--function", "OVERVIEW");
            assertThat(lost.exitCode()).as(lost.all()).isEqualTo(75);
            assertThat(lost.err()).contains("run " + run, "since");
            assertThat(DATABASE.value("SELECT count(*) FROM alpha_run")).isEqualTo("3");

            serving.process().destroy();
            Await.until("it is not ready", LONG, () -> get("/q/health/ready").statusCode() == 503);
            HttpResponse<String> refused = post("", "{}");
            check(refused, 503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
            lock.rollback();
            assertThat(serving.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(serving.await().exitCode()).isEqualTo(143);
            assertThat(DATABASE.value("SELECT outcome || ' ' || requests_ok FROM alpha_run WHERE run = " + run))
                    .isEqualTo("stopped 1");
        }
    }

    private Packaged.Running aliveButNotStartedBeforeItHasLooked(Packaged program) throws SQLException {
        try (Connection lock = DATABASE.lock("alpha_request IN ACCESS EXCLUSIVE MODE")) {
            Packaged.Running serving = listens(program);
            assertThat(get("/q/health/started").statusCode()).isEqualTo(503);
            assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(get("/q/health/ready").body()).contains("not started yet");
            lock.rollback();
            return serving;
        }
    }

    @Test
    void severalKeepOneScheduleAndTheGraceIsAnEnd() throws Exception {
        relay.open();
        DATABASE.execute(
                "INSERT INTO alpha_watch (ticker, api_function, added_at) VALUES ('IBM', 'OVERVIEW', clock_timestamp())");
        Packaged program =
                program().with("ALPHAKEEP_INGEST_CRON", "* * * * * ?").with("ALPHAKEEP_GRACE_SECONDS", "1");
        Packaged.Running serving = aliveButNotStartedBeforeItHasLooked(program);
        Await.until("it is ready", LONG, () -> get("/q/health/ready").statusCode() == 200);
        Packaged.Running other = program.start("serve");
        check(post("", "{}"), 404);
        check(get("/runs"), 404);
        Await.until(
                "there were runs by schedule",
                LONG,
                () -> Integer.parseInt(DATABASE.value("SELECT count(*) FROM alpha_run WHERE outcome = 'done'")) >= 4
                        && other.err().contains("began")
                        && serving.err().contains("began"));
        try (Connection lock = DATABASE.lock("alpha_watermark IN EXCLUSIVE MODE")) {
            Await.until(
                    "one waits, without an answer to come",
                    LONG,
                    () -> !DATABASE.value("SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .equals("0"));
            for (Packaged.Running running : List.of(other, serving)) {
                running.process().destroy();
                assertThat(running.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(running.await().exitCode()).as(running.err()).isEqualTo(143);
            }
            lock.rollback();
        }
        assertThat(DATABASE.query("SELECT a.run, b.run FROM alpha_run a JOIN alpha_run b ON a.run < b.run"
                        + " WHERE b.started_at < a.finished_at"))
                .as("runs by schedule that overlap")
                .isEmpty();
        assertThat(Integer.parseInt(DATABASE.value("SELECT count(*) FROM alpha_run")))
                .as("runs are not more than times of the schedule")
                .isLessThanOrEqualTo(
                        Integer.parseInt(
                                DATABASE.value(
                                        "SELECT 2 + extract(epoch FROM (SELECT tick FROM alpha_tick) - min(started_at))::int FROM alpha_run")));
    }
}
