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
                try (ApiClient client = new ApiClient(Asking.options(server.url(path), 10_000, 20_000, 1 << 20))) {
                    Answer answer = client.ask(Asking.QUERY, false);
                    assertThat(answer.outcome()).isInstanceOf(Data.class);
                    assertThat(((Data) answer.outcome()).body().toByteArray())
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

    /** Whoever answers in the API's place must not have the key sent elsewhere. */
    @Test
    void followsNoRedirect() throws Exception {
        try (RawServer other = new RawServer(RawServer.ok("application/json", Asking.ROWS));
                RawServer server = new RawServer(out -> RawServer.head(
                        out, "302 Found", "", "Content-Length: 0", "Location: " + other.url("/query")))) {
            Answer answer = Asking.ask(server);
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.outcome()).isInstanceOf(FetchOutcome.Broken.class);
            assertThat(other.requests()).isZero();
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
            assertThat(((Data) Asking.ask(server).outcome()).body().toByteArray())
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
        try (RawServer other = new RawServer(RawServer.ok("application/json", Asking.ROWS));
                RawServer server = new RawServer(out -> RawServer.head(
                        out, "302 Found", "", "Location: " + other.url("/query"), "Content-Length: 0"))) {
            assertThat(Asking.fault(Asking.ask(server))).isEqualTo(Fault.STATUS);
        }
    }

    @Test
    void refusesAddressesAndBoundsThatMakeNoSense() {
        for (String url : new String[] {"ftp://a/b", "http:///b", "http://a/b?c=d", "query"}) {
            assertThatThrownBy(() -> ApiOptions.of(URI.create(url), Asking.KEY))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(ApiOptions.of(URI.create("https://a.example/secret-path"), Asking.KEY)
                        .toString())
                .doesNotContain("S3cret")
                .doesNotContain("secret-path");
    }
}
