package io.alphakeep.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.fetch.FetchOutcome.Data;
import io.alphakeep.fetch.FetchOutcome.Fault;
import io.alphakeep.fetch.FetchOutcome.QuotaExhausted;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client and the address, headers and bodies of a well-behaved server, and of one that answers nonsense. */
@QuarkusTest
@TestProfile(Asking.NoDatabase.class)
@Timeout(60)
class ApiClientTest {

    @Test
    void asksTheConfiguredAddressAndNothingElse() throws Exception {
        try (RawServer server = new RawServer(RawServer.ok("application/json", Asking.ROWS))) {
            for (String path : new String[] {"/query", "/a/b/", "", "/q.php"}) {
<<<<<<< HEAD
                try (ApiClient client = new ApiClient(options(server.url(path), 10_000, 20_000, 1 << 20))) {
                    Answer answer = client.ask(QUERY, false);
=======
                try (ApiClient client = new ApiClient(Asking.options(server.url(path), 10_000, 20_000, 1 << 20))) {
                    Answer answer = client.ask(Asking.QUERY, false);
>>>>>>> fetchdecode
                    assertThat(answer.outcome()).isInstanceOf(Data.class);
                    assertThat(((Data) answer.outcome()).body())
                            .isEqualTo(Asking.ROWS.getBytes(StandardCharsets.UTF_8));
                    assertThat(answer.simulated()).isFalse();
                    assertThat(answer.reached()).isTrue();
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.bodyBytes()).isEqualTo(Asking.ROWS.length());
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
                Map<String, String> expected = Asking.query();
                expected.put("apikey", Asking.KEY);
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
            out.write(Asking.ROWS.getBytes(StandardCharsets.UTF_8));
        })) {
            assertThat(Asking.ask(server).simulated()).isTrue();
        }
    }

    @Test
    void unpacksGzip() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Asking.ROWS.getBytes(StandardCharsets.UTF_8));
        }
        try (RawServer server = new RawServer(out -> {
            RawServer.head(
                    out, "200 OK", "application/json", "Content-Encoding: gzip", "Content-Length: " + packed.size());
            out.write(packed.toByteArray());
        })) {
            assertThat(((Data) Asking.ask(server).outcome()).body())
                    .isEqualTo(Asking.ROWS.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void redactsTheKeyThatTheApiEchoes() throws Exception {
        try (RawServer server = new RawServer(RawServer.ok(
                "application/json",
                "{\"Information\":\"We have detected your API key as " + Asking.KEY.replace(" z", "")
                        + " z and our standard API rate limit is 25 requests per day.\"}"))) {
            QuotaExhausted outcome = (QuotaExhausted) Asking.ask(server).outcome();
            assertThat(outcome.text()).doesNotContain("S3cret").contains("25 requests per day");
        }
    }

    @Test
    void statusesHtmlAndBodilessAnswersAreOneFaultEach() throws Exception {
        try (RawServer server = new RawServer(out -> {
            RawServer.head(out, "503 Service Unavailable", "text/html");
            out.write("<html>Application Error</html>".getBytes(StandardCharsets.UTF_8));
        })) {
            assertThat(Asking.fault(Asking.ask(server))).isEqualTo(Fault.STATUS);
            server.script(RawServer.ok("text/html", "<html>soon back</html>"));
            assertThat(Asking.fault(Asking.ask(server))).isEqualTo(Fault.HTML);
            server.script(RawServer.ok("application/json", ""));
            assertThat(Asking.fault(Asking.ask(server))).isEqualTo(Fault.NO_BODY);
            server.script(RawServer.ok("application/json", Asking.ROWS.substring(0, 40)));
            assertThat(Asking.fault(Asking.ask(server))).isEqualTo(Fault.MALFORMED);
            server.script(RawServer.ok("text/plain", Asking.ROWS));
            assertThat(Asking.ask(server).outcome()).isInstanceOf(Data.class);
            server.script(RawServer.ok("", Asking.ROWS));
            assertThat(Asking.ask(server).outcome()).isInstanceOf(Data.class);
        }
    }

    @Test
    void followsNoRedirectSoThatTheKeyStaysHere() throws Exception {
<<<<<<< HEAD
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
=======
        try (RawServer other = new RawServer(RawServer.ok("application/json", Asking.ROWS));
                RawServer server = new RawServer(out -> RawServer.head(
                        out, "302 Found", "", "Location: " + other.url("/query"), "Content-Length: 0"))) {
            assertThat(Asking.fault(Asking.ask(server))).isEqualTo(Fault.STATUS);
>>>>>>> fetchdecode
        }
    }

    @Test
    void refusesAddressesAndBoundsThatMakeNoSense() {
        for (String url : new String[] {"ftp://a/b", "http:///b", "http://a/b?c=d", "query"}) {
            assertThatThrownBy(() -> ApiOptions.of(URI.create(url), Asking.KEY))
                    .isInstanceOf(IllegalArgumentException.class);
        }
<<<<<<< HEAD
        assertThat(ApiOptions.of(URI.create("https://a.example/secret-path"), KEY)
=======
        assertThat(ApiOptions.of(URI.create("https://a.example/secret-path"), Asking.KEY)
>>>>>>> fetchdecode
                        .toString())
                .doesNotContain("S3cret")
                .doesNotContain("secret-path");
    }
}
