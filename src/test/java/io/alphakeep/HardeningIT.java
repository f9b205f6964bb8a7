package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.Relay;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What comes by the open port keeps neither connections nor threads nor memory; and a process that comes back. */
class HardeningIT {

    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String TOKEN = "canary-token-of-the-tests";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private StandIn api;
    private Relay relay;
    private int port;

    @BeforeEach
    void demoWarehouse() {
        DATABASE.asDemo();
        DATABASE.execute(
                "INSERT INTO alpha_watch (ticker, api_function, added_at) VALUES ('IBM', 'OVERVIEW', clock_timestamp())");
        api = StandIn.start(StandInOptions.defaults());
        // The run of the schedule is answered, later ones wait.
        relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, 1);
    }

    @AfterEach
    void stop() {
        relay.close();
        api.close();
    }

    private Packaged program() {
        return Packaged.of(folder, DATABASE, relay.url())
                .with("ALPHAKEEP_HTTP_HOST", "127.0.0.1")
                .with("ALPHAKEEP_HTTP_PORT", "0")
                // Once a year: the last time of it is past.
                .with("ALPHAKEEP_INGEST_CRON", "0 0 0 1 1 ?")
                .with("ALPHAKEEP_MAINTAIN_CRON", "off")
                .with("QUARKUS_HTTP_IDLE_TIMEOUT", "2S");
    }

    private Packaged.Running serve(Packaged program) {
        Packaged.Running serving = program.start("serve");
        Await.until("it listens", LONG, () -> LISTENING.matcher(serving.err()).find() || !serving.isAlive());
        Matcher place = LISTENING.matcher(serving.err());
        assertThat(place.find()).as(serving.err()).isTrue();
        port = Integer.parseInt(place.group(1));
        return serving;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(String ticker) {
        return HttpRequest.BodyPublishers.ofString(
                "{\"only\": [\"" + ticker + "\"], \"functions\": [\"OVERVIEW\"], \"refresh\": true}");
    }

    private HttpResponse<String> post(String ticker) throws IOException, InterruptedException {
        return client.send(request("/runs").POST(body(ticker)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What comes back to a head, and then a byte every tenth of a second, until the server ends the connection. */
    private String untilCutOff(String head, String more) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(100);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < end) {
                try {
                    int read = in.read();
                    if (read < 0) {
                        return answer.toString();
                    }
                    answer.append((char) read);
                } catch (SocketTimeoutException e) {
                    socket.getOutputStream().write(more.getBytes(StandardCharsets.US_ASCII));
                } catch (SocketException e) {
                    return answer.toString();
                }
            }
            return "kept after " + answer;
        }
    }

    @Test
    void theOpenPortAndTheMissedTime() throws Exception {
        Packaged.Running first = serve(program().with("ALPHAKEEP_HTTP_TOKEN", TOKEN));
        Await.until(
                "the missed time is made up for",
                LONG,
                () -> runs("cron' AND outcome = 'done").equals("1"));

        bounds();
        CompletableFuture<HttpResponse<String>> waiting = fourRunsAndNoMore();
        silence();
        assertThat(waiting).as("who waits for a report is not silent").isNotDone();
        portInUse();
        relay.open();
        HttpResponse<String> report = waiting.get(60, TimeUnit.SECONDS);
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(Json.read(report.body()).at("/outcome").asText()).isEqualTo("done");
        end(first);
        assertThat(first.err()).doesNotContain("ERROR", TOKEN);

        // It comes back, where the platform authenticates: the time of the schedule is not made up for again.
        Packaged.Running second = serve(
                program().with("ALPHAKEEP_HTTP_AUTH", "platform").with("ALPHAKEEP_METRICS_SAMPLE_SECONDS", "900"));
        Await.until("the schedule was looked at", LONG, () -> second.err().contains("another process has begun it"));
        assertThat(first.err()).doesNotContain("without a token");
        assertThat(second.err()).contains("WARN", "runs are accepted without a token");
        String body = "{\"only\": [\"IBM\"], \"functions\": [\"OVERVIEW\"], \"refresh\": true}";
        assertThat(untilCutOff(
                        "POST /runs?wait=true HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body,
                        ""))
                .as("the report, and then the end of a connection that is no longer watched")
                .startsWith("HTTP/1.1 200 ")
                .contains("\"outcome\":\"done\"");
        scrapesAskTheDatabaseNothing();
        end(second);
        assertThat(runs("cron")).isEqualTo("1");
    }

    /** However many scrape: the next look for the gauges is a quarter of an hour away. */
    private void scrapesAskTheDatabaseNothing() throws IOException, InterruptedException {
        String sessions = "SELECT pid, backend_start, state_change FROM pg_stat_activity"
                + " WHERE datname = current_database() AND application_name = 'alphakeep' ORDER BY pid";
        List<List<String>> before = DATABASE.query(sessions);
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> scrape =
                    client.send(request("/q/metrics").build(), HttpResponse.BodyHandlers.ofString());
            assertThat(scrape.body()).contains("alphakeep_schema_current 1");
        }
        assertThat(DATABASE.query(sessions)).isNotEmpty().isEqualTo(before);
    }

    private static String runs(String door) {
        return DATABASE.value("SELECT count(*) FROM alpha_run WHERE door = '" + door + "'");
    }

    private void bounds() throws IOException {
        SoftAssertions all = new SoftAssertions();
        String start = "POST /runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        String letIn = start + "Authorization: Bearer " + TOKEN + "\r\n";
        all.assertThat(untilCutOff(start + "Content-Length: 60000\r\n\r\n", " "))
                .as("who is not let in sends no body")
                .startsWith("HTTP/1.1 401 ");
        all.assertThat(untilCutOff(letIn + "X: " + "x".repeat(9_000) + "\r\n\r\n", ""))
                .as("a head of 9 kB")
                .startsWith("HTTP/1.1 431 ");
        all.assertThat(untilCutOff(letIn + "Content-Length: 200000\r\n\r\n", " "))
                .as("a body of 200 kB")
                .startsWith("HTTP/1.1 413 ");
        all.assertThat(untilCutOff(
                        letIn + "Transfer-Encoding: chunked\r\n\r\n", "1000\r\n" + " ".repeat(4096) + "\r\n"))
                .as("a body without end")
                .startsWith("HTTP/1.1 413 ");
        all.assertAll();
    }

    private void silence() throws IOException {
        SoftAssertions all = new SoftAssertions();
        all.assertThat(untilCutOff("", "")).isEmpty();
        all.assertThat(untilCutOff("GET /q/health/live HTTP/1.1\r\nX: ", "x"))
                .as("a head that never ends")
                .isEmpty();
        all.assertAll();
    }

    private CompletableFuture<HttpResponse<String>> fourRunsAndNoMore() throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(
                request("/runs?wait=true").POST(body("IBM")).build(), HttpResponse.BodyHandlers.ofString());
        Await.until("it is under way", LONG, () -> runs("http").equals("1"));
        for (String ticker : List.of("MSFT", "AAPL", "AMZN")) {
            assertThat(post(ticker).statusCode()).isEqualTo(202);
        }
        HttpResponse<String> refused = post("NVDA");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
        assertThat(Json.read(refused.body()).at("/next").asText()).contains("GET /runs");
        return waiting;
    }

    private void portInUse() {
        Packaged.Finished refused =
                program().with("ALPHAKEEP_HTTP_PORT", String.valueOf(port)).run("serve");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(78);
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(refused.err()).contains("127.0.0.1:" + port, "ALPHAKEEP_HTTP_PORT");
    }

    private static void end(Packaged.Running serving) throws InterruptedException {
        serving.process().destroy();
        assertThat(serving.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(serving.await().exitCode()).as(serving.err()).isEqualTo(143);
    }
}
