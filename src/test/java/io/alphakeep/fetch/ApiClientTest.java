package io.alphakeep.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.fetch.FetchOutcome.Broken;
import io.alphakeep.fetch.FetchOutcome.Data;
import io.alphakeep.fetch.FetchOutcome.Fault;
import io.alphakeep.fetch.FetchOutcome.QuotaExhausted;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against a real local server that behaves badly in every way we know. */
@QuarkusTest
@TestProfile(ApiClientTest.NoDatabase.class)
@Timeout(60)
class ApiClientTest {

    /** Nothing but the REST client is started. */
    public static final class NoDatabase implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.devservices.enabled", "false", "quarkus.datasource.active", "false");
        }
    }

    private static final String KEY = "S3cretKey/+&%41 z";
    private static final String ROWS = "{\"Time Series (Daily)\":{\"2024-11-07\":{\"4. close\":\"1\"}}}";
    private static final Map<String, String> QUERY = query();

    private static Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("function", "TIME_SERIES_DAILY");
        query.put("symbol", "A&B:C^D=E");
        return query;
    }

    private static ApiOptions options(URI url, int readMillis, int totalMillis, long maxBytes) {
        return new ApiOptions(
                url,
                KEY,
                Duration.ofSeconds(5),
                Duration.ofMillis(readMillis),
                Duration.ofMillis(totalMillis),
                maxBytes,
                "alphakeep/test");
    }

    private static Answer ask(RawServer server, int readMillis, int totalMillis, long maxBytes) {
        try (ApiClient client = new ApiClient(options(server.url("/query"), readMillis, totalMillis, maxBytes))) {
            return client.ask(QUERY, false);
        }
    }

    private static Answer ask(RawServer server) {
        return ask(server, 10_000, 20_000, 1 << 20);
    }

    private static Fault fault(Answer answer) {
        assertThat(answer.outcome()).isInstanceOf(Broken.class);
        return ((Broken) answer.outcome()).fault();
    }

    private static String text(Answer answer) {
        String text = ((Broken) answer.outcome()).text();
        assertThat(text).doesNotContain("S3cret").doesNotContain("apikey").doesNotContain("symbol=");
        return text;
    }

    @Test
    void asksTheConfiguredAddressAndNothingElse() throws Exception {
        try (RawServer server = new RawServer(RawServer.ok("application/json", ROWS))) {
            for (String path : new String[] {"/query", "/a/b/", "", "/q.php"}) {
                try (ApiClient client = new ApiClient(options(server.url(path), 10_000, 20_000, 1 << 20))) {
                    Answer answer = client.ask(QUERY, false);
                    assertThat(answer.outcome()).isInstanceOf(Data.class);
                    assertThat(((Data) answer.outcome()).body()).isEqualTo(ROWS.getBytes(StandardCharsets.UTF_8));
                    assertThat(answer.simulated()).isFalse();
                    assertThat(answer.reached()).isTrue();
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.bodyBytes()).isEqualTo(ROWS.length());
                }
                String request = server.request();
                String line = request.lines().findFirst().orElseThrow();
                String target = line.split(" ")[1];
                assertThat(target.substring(0, target.indexOf('?'))).isEqualTo(path.isEmpty() ? "/" : path);
                Map<String, String> sent = new LinkedHashMap<>();
                for (String pair : target.substring(target.indexOf('?') + 1).split("&")) {
                    String[] sides = pair.split("=", 2);
                    sent.put(sides[0], java.net.URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
                }
                Map<String, String> expected = query();
                expected.put("apikey", KEY);
                assertThat(sent).isEqualTo(expected);
                assertThat(request.toLowerCase())
                        .contains("user-agent: alphakeep/test")
                        .contains("gzip");
            }
        }
    }

    @Test
    void knowsAStandInByItsHeader() throws Exception {
        try (RawServer server = new RawServer(out -> {
            RawServer.head(out, "200 OK", "application/json", "X-Alphakeep-Simulated: true");
            out.write(ROWS.getBytes(StandardCharsets.UTF_8));
        })) {
            assertThat(ask(server).simulated()).isTrue();
        }
    }

    @Test
    void unpacksGzip() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(ROWS.getBytes(StandardCharsets.UTF_8));
        }
        try (RawServer server = new RawServer(out -> {
            RawServer.head(
                    out, "200 OK", "application/json", "Content-Encoding: gzip", "Content-Length: " + packed.size());
            out.write(packed.toByteArray());
        })) {
            assertThat(((Data) ask(server).outcome()).body()).isEqualTo(ROWS.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void redactsTheKeyThatTheApiEchoes() throws Exception {
        try (RawServer server = new RawServer(RawServer.ok(
                "application/json",
                "{\"Information\":\"We have detected your API key as " + KEY.replace(" z", "")
                        + " z and our standard API rate limit is 25 requests per day.\"}"))) {
            QuotaExhausted outcome = (QuotaExhausted) ask(server).outcome();
            assertThat(outcome.text()).doesNotContain("S3cret").contains("25 requests per day");
        }
    }

    @Test
    void statusesHtmlAndBodilessAnswersAreOneFaultEach() throws Exception {
        try (RawServer server = new RawServer(out -> {
            RawServer.head(out, "503 Service Unavailable", "text/html");
            out.write("<html>Application Error</html>".getBytes(StandardCharsets.UTF_8));
        })) {
            assertThat(fault(ask(server))).isEqualTo(Fault.STATUS);
            server.script(RawServer.ok("text/html", "<html>soon back</html>"));
            assertThat(fault(ask(server))).isEqualTo(Fault.HTML);
            server.script(RawServer.ok("application/json", ""));
            assertThat(fault(ask(server))).isEqualTo(Fault.NO_BODY);
            server.script(RawServer.ok("application/json", ROWS.substring(0, 40)));
            assertThat(fault(ask(server))).isEqualTo(Fault.MALFORMED);
            server.script(RawServer.ok("text/plain", ROWS));
            assertThat(ask(server).outcome()).isInstanceOf(Data.class);
            server.script(RawServer.ok("", ROWS));
            assertThat(ask(server).outcome()).isInstanceOf(Data.class);
        }
    }

    @Test
    void followsNoRedirectSoThatTheKeyStaysHere() throws Exception {
        try (RawServer other = new RawServer(RawServer.ok("application/json", ROWS));
                RawServer server = new RawServer(out -> RawServer.head(
                        out, "302 Found", "", "Location: " + other.url("/query"), "Content-Length: 0"))) {
            assertThat(fault(ask(server))).isEqualTo(Fault.STATUS);
        }
    }

    @Test
    void aBodyThatEndsEarlyIsCutOff() throws Exception {
        try (RawServer server = new RawServer(out -> {
            RawServer.head(out, "200 OK", "application/json", "Content-Length: 5000");
            out.write(ROWS.getBytes(StandardCharsets.UTF_8));
        })) {
            Answer answer = ask(server);
            assertThat(fault(answer)).isEqualTo(Fault.CUT_OFF);
            assertThat(answer.reached()).isTrue();
            server.script(out -> {
                RawServer.head(out, "200 OK", "application/json", "Transfer-Encoding: chunked");
                out.write("5\r\n{\"a\":\r\n".getBytes(StandardCharsets.US_ASCII));
            });
            assertThat(fault(ask(server))).isEqualTo(Fault.CUT_OFF);
            server.script(out -> {});
            answer = ask(server);
            assertThat(fault(answer)).isEqualTo(Fault.CUT_OFF);
            assertThat(answer.reached()).isFalse();
        }
    }

    @Test
    void anEndlessBodyIsReadToTheBoundAndNoFurther() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        byte[] junk = new byte[8192];
        Arrays.fill(junk, (byte) ' ');
        try (RawServer server = new RawServer(out -> {
            RawServer.head(out, "200 OK", "application/json");
            try {
                while (true) {
                    out.write(junk);
                }
            } finally {
                gone.countDown();
            }
        })) {
            Answer answer = ask(server, 10_000, 20_000, 300_000);
            assertThat(fault(answer)).isEqualTo(Fault.OVERSIZED);
            assertThat(text(answer)).contains("300000 bytes");
            // The server notices that nobody reads: the connection was ended, not drained.
            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void silenceAndDrippingEndInTime() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RawServer server = new RawServer(out -> release.await())) {
            assertThat(fault(ask(server, 300, 20_000, 1000))).isEqualTo(Fault.TIMEOUT);
            server.script(out -> {
                RawServer.head(out, "200 OK", "application/json", "Content-Length: 500");
                out.write('{');
                out.flush();
                release.await();
            });
            Answer answer = ask(server, 300, 20_000, 1000);
            assertThat(fault(answer)).isEqualTo(Fault.TIMEOUT);
            assertThat(text(answer)).contains("read timeout");
            assertThat(answer.took()).isLessThan(Duration.ofSeconds(10));
            server.script(out -> {
                RawServer.head(out, "200 OK", "application/json", "Content-Length: 500000");
                while (!release.await(20, TimeUnit.MILLISECONDS)) {
                    out.write(' ');
                    out.flush();
                }
            });
            answer = ask(server, 5_000, 700, 1000);
            assertThat(fault(answer)).isEqualTo(Fault.TIMEOUT);
            assertThat(text(answer)).contains("total timeout");
        } finally {
            release.countDown();
        }
    }

    @Test
    void saysWhatCannotBeReached() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (ApiClient client =
                new ApiClient(options(URI.create("http://127.0.0.1:" + free + "/query"), 5_000, 9_000, 1000))) {
            Answer answer = client.ask(QUERY, false);
            assertThat(fault(answer)).isEqualTo(Fault.UNREACHABLE);
            assertThat(answer.reached()).isFalse();
            assertThat(text(answer)).contains("127.0.0.1:" + free).contains("refused");
        }
        try (ApiClient client =
                new ApiClient(options(URI.create("http://no-such-host.invalid/query"), 5_000, 9_000, 1000))) {
            Answer answer = client.ask(QUERY, false);
            assertThat(fault(answer)).isEqualTo(Fault.UNREACHABLE);
            assertThat(text(answer)).contains("no-such-host.invalid");
        }
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ApiClient client = new ApiClient(options(
                        URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/query"), 5_000, 9_000, 1000))) {
            CompletableFuture.runAsync(() -> {
                try (Socket connection = plain.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                    connection.getInputStream().read(new byte[4096]);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Answer answer = client.ask(QUERY, false);
            assertThat(fault(answer)).isEqualTo(Fault.UNREACHABLE);
            assertThat(text(answer)).contains("TLS");
        }
    }

    @Test
    void aStopEndsTheWaitAtOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RawServer server = new RawServer(out -> release.await());
                ApiClient client = new ApiClient(options(server.url("/query"), 50_000, 50_000, 1000))) {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread run = new Thread(() -> {
                try {
                    client.ask(QUERY, false);
                    ended.complete(null);
                } catch (Throwable e) {
                    ended.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost", e));
                }
            });
            run.start();
            server.request();
            run.interrupt();
            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(StoppedException.class);
        } finally {
            release.countDown();
        }
    }

    @Test
    void refusesAddressesAndBoundsThatMakeNoSense() {
        for (String url : new String[] {"ftp://a/b", "http:///b", "http://a/b?c=d", "query"}) {
            assertThatThrownBy(() -> ApiOptions.of(URI.create(url), KEY)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(ApiOptions.of(URI.create("https://a.example/secret-path"), KEY)
                        .toString())
                .doesNotContain("S3cret")
                .doesNotContain("secret-path");
    }
}
