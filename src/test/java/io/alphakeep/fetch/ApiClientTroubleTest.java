package io.alphakeep.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.fetch.FetchOutcome.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against a real local server that behaves badly in every way we know. */
@QuarkusTest
@TestProfile(Asking.NoDatabase.class)
@Timeout(60)
class ApiClientTroubleTest {

    @Test
    void aBodyThatEndsEarlyIsCutOff() throws Exception {
        try (RawServer server = new RawServer(out -> {
            RawServer.head(out, "200 OK", "application/json", "Content-Length: 5000");
            out.write(Asking.ROWS.getBytes(StandardCharsets.UTF_8));
        })) {
            Answer answer = Asking.ask(server);
            assertThat(Asking.fault(answer)).isEqualTo(Fault.CUT_OFF);
            assertThat(answer.reached()).isTrue();
            server.script(out -> {
                RawServer.head(out, "200 OK", "application/json", "Transfer-Encoding: chunked");
                out.write("5\r\n{\"a\":\r\n".getBytes(StandardCharsets.US_ASCII));
            });
            assertThat(Asking.fault(Asking.ask(server))).isEqualTo(Fault.CUT_OFF);
            server.script(out -> {});
            answer = Asking.ask(server);
            assertThat(Asking.fault(answer)).isEqualTo(Fault.CUT_OFF);
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
            Answer answer = Asking.ask(server, 10_000, 20_000, 300_000);
            assertThat(Asking.fault(answer)).isEqualTo(Fault.OVERSIZED);
            assertThat(Asking.text(answer)).contains("300000 bytes");
            // The server notices that nobody reads: the connection was ended, not drained.
            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void silenceAndDrippingEndInTime() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RawServer server = new RawServer(out -> release.await())) {
            assertThat(Asking.fault(Asking.ask(server, 300, 20_000, 1000))).isEqualTo(Fault.TIMEOUT);
            server.script(out -> {
                RawServer.head(out, "200 OK", "application/json", "Content-Length: 500");
                out.write('{');
                out.flush();
                release.await();
            });
            Answer answer = Asking.ask(server, 300, 20_000, 1000);
            assertThat(Asking.fault(answer)).isEqualTo(Fault.TIMEOUT);
            assertThat(Asking.text(answer)).contains("read timeout");
            assertThat(answer.took()).isLessThan(Duration.ofSeconds(10));
            server.script(out -> {
                RawServer.head(out, "200 OK", "application/json", "Content-Length: 500000");
                while (!release.await(20, TimeUnit.MILLISECONDS)) {
                    out.write(' ');
                    out.flush();
                }
            });
            answer = Asking.ask(server, 5_000, 700, 1000);
            assertThat(Asking.fault(answer)).isEqualTo(Fault.TIMEOUT);
            assertThat(Asking.text(answer)).contains("total timeout");
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
                new ApiClient(Asking.options(URI.create("http://127.0.0.1:" + free + "/query"), 5_000, 9_000, 1000))) {
            Answer answer = client.ask(Asking.QUERY, false);
            assertThat(Asking.fault(answer)).isEqualTo(Fault.UNREACHABLE);
            assertThat(answer.reached()).isFalse();
            assertThat(Asking.text(answer)).contains("127.0.0.1:" + free).contains("refused");
            assertThat(((FetchOutcome.Broken) answer.outcome()).sent()).isFalse();
        }
        try (ApiClient client =
                new ApiClient(Asking.options(URI.create("http://no-such-host.invalid/query"), 5_000, 9_000, 1000))) {
            Answer answer = client.ask(Asking.QUERY, false);
            assertThat(Asking.fault(answer)).isEqualTo(Fault.UNREACHABLE);
            assertThat(Asking.text(answer)).contains("no-such-host.invalid");
            assertThat(((FetchOutcome.Broken) answer.outcome()).sent()).isFalse();
        }
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ApiClient client = new ApiClient(Asking.options(
                        URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/query"), 5_000, 9_000, 1000))) {
            CompletableFuture.runAsync(() -> {
                try (Socket connection = plain.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                    connection.getInputStream().read(new byte[4096]);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Answer answer = client.ask(Asking.QUERY, false);
            assertThat(Asking.fault(answer)).isEqualTo(Fault.UNREACHABLE);
            assertThat(Asking.text(answer)).contains("TLS");
        }
    }

    @Test
    void aStopEndsTheWaitAtOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RawServer server = new RawServer(out -> release.await());
                ApiClient client = new ApiClient(Asking.options(server.url("/query"), 50_000, 50_000, 1000))) {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread run = new Thread(() -> {
                try {
                    client.ask(Asking.QUERY, false);
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
}
