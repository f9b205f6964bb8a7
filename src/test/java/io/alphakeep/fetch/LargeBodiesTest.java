package io.alphakeep.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.fetch.FetchOutcome.Data;
import io.alphakeep.fetch.FetchOutcome.Fault;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.HugeBody;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One large body at a time, and the next one's turn comes whatever became of it. */
@QuarkusTest
@TestProfile(Asking.NoDatabase.class)
@Timeout(60)
class LargeBodiesTest {

    private static final long LARGE = 6L * 1024 * 1024;
    private static final int BOUND = 8 * 1024 * 1024;

    private final LargeBodies gate = new LargeBodies();

    private static void write(OutputStream out, long bytes) throws Exception {
        try (HugeBody body = new HugeBody(bytes)) {
            body.transferTo(out);
        }
    }

    private static RawServer.Script large() {
        return out -> {
            RawServer.head(out, "200 OK", "application/json");
            write(out, LARGE);
        };
    }

    private ApiClient client(RawServer server, int readMillis, int totalMillis) {
        // The first look at the silence comes after both of these: shorter than what the tests wait.
        ApiOptions options = new ApiOptions(
                server.url("/query"),
                Asking.KEY,
                Duration.ofSeconds(1),
                Duration.ofMillis(readMillis),
                Duration.ofMillis(totalMillis),
                BOUND,
                "alphakeep/test");
        return new ApiClient(options, gate);
    }

    @Test
    void theSecondWaitsUntilTheFirstIsClosedAndThatIsNotTheServersSilence() throws Exception {
        try (RawServer server = new RawServer(large());
                ApiClient client = client(server, 1_000, 50_000)) {
            Answer first = client.ask(Asking.QUERY, false);
            assertThat(first.outcome()).isInstanceOf(Data.class);
            CompletableFuture<Answer> second = CompletableFuture.supplyAsync(() -> client.ask(Asking.QUERY, false));
            until("it waits", () -> gate.waiting() == 1);
            // Longer than the server may be silent: small ones pass meanwhile.
            server.script(out -> {
                RawServer.head(out, "200 OK", "application/json");
                out.flush();
                new CountDownLatch(1).await(900, TimeUnit.MILLISECONDS);
                out.write(Asking.ROWS.getBytes());
            });
            for (int i = 0; i < 3; i++) {
                assertThat(client.ask(Asking.QUERY, false).outcome()).isInstanceOf(Data.class);
            }
            assertThat(second).isNotDone();
            ((Data) first.outcome()).body().close();
            ((Data) first.outcome()).body().close();
            Data data = (Data) second.get(30, TimeUnit.SECONDS).outcome();
            assertThat(data.body().length()).isGreaterThanOrEqualTo(LARGE);
            assertThat(gate.isFree()).isFalse();
            data.body().close();
            assertThat(gate.isFree()).isTrue();
        }
    }

    @Test
    void whateverGoesWrongGivesThePermitBack() throws Exception {
        try (RawServer server = new RawServer(out -> {
            RawServer.head(out, "200 OK", "application/json");
            write(out, 2L * BOUND);
        })) {
            assertThat(ask(server, 10_000, 30_000)).isEqualTo(Fault.OVERSIZED);
            server.script(out -> {
                RawServer.head(out, "200 OK", "application/json", "Content-Length: " + BOUND);
                write(out, LARGE);
            });
            assertThat(ask(server, 10_000, 30_000)).isEqualTo(Fault.CUT_OFF);
            server.script(out -> {
                RawServer.head(out, "200 OK", "application/json");
                out.write('{');
                write(out, LARGE);
            });
            assertThat(ask(server, 10_000, 30_000)).isEqualTo(Fault.MALFORMED);
            CountDownLatch release = new CountDownLatch(1);
            server.script(out -> {
                RawServer.head(out, "200 OK", "application/json");
                write(out, LARGE);
                out.flush();
                release.await();
            });
            assertThat(ask(server, 1_500, 30_000)).isEqualTo(Fault.TIMEOUT);
            release.countDown();
        }
    }

    @Test
    void whoWaitsTooLongSaysWhatForAndLeavesTheQueue() throws Exception {
        Runnable held = gate.acquire();
        try (RawServer server = new RawServer(large());
                ApiClient client = client(server, 10_000, 2_500)) {
            client.prepare(1);
            Answer answer = client.ask(Asking.QUERY, false);
            assertThat(Asking.fault(answer)).isEqualTo(Fault.CROWDED);
            assertThat(Asking.text(answer)).contains("total timeout");
            until("nobody waits", () -> gate.waiting() == 0);
        }
        held.run();
        held.run();
        assertThat(gate.isFree()).isTrue();
    }

    @Test
    void theWaitDoesNotCountAgainstTheTotalTimeout() throws Exception {
        Runnable held = gate.acquire();
        try (RawServer server = new RawServer(large());
                ApiClient client = client(server, 10_000, 3_000)) {
            client.prepare(1);
            CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> client.ask(Asking.QUERY, false));
            until("it waits", () -> gate.waiting() == 1);
            assertThatThrownBy(() -> waiting.get(3_500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            held.run();
            Data data = (Data) waiting.get(10, TimeUnit.SECONDS).outcome();
            assertThat(data.body().length()).isGreaterThanOrEqualTo(LARGE);
            data.body().close();
        }
    }

    @Test
    void aStopWhileWaitingLeavesTheQueue() throws Exception {
        Runnable held = gate.acquire();
        try (RawServer server = new RawServer(large());
                ApiClient client = client(server, 10_000, 50_000)) {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread run = new Thread(() -> {
                try {
                    client.ask(Asking.QUERY, false);
                    ended.complete(null);
                } catch (Throwable e) {
                    ended.complete(e);
                }
            });
            run.start();
            until("it waits", () -> gate.waiting() == 1);
            run.interrupt();
            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(StoppedException.class);
            until("nobody waits", () -> gate.waiting() == 0);
        }
        held.run();
        assertThat(gate.isFree()).isTrue();
    }

    @Test
    void aBodyThatWasGivenUpBeforeItsTurnKeepsNobodyWaiting() throws Exception {
        Body body = new Body();
        body.abandon();
        body.holds(gate.acquire());
        assertThat(gate.isFree()).isTrue();
    }

    private static void until(String what, Callable<Boolean> holds) {
        Await.until(what, Duration.ofSeconds(20), holds);
    }

    private Fault ask(RawServer server, int readMillis, int totalMillis) throws Exception {
        try (ApiClient client = client(server, readMillis, totalMillis)) {
            Fault fault = Asking.fault(client.ask(Asking.QUERY, false));
            until("the permit is back", gate::isFree);
            return fault;
        }
    }
}
