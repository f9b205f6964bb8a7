package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.alphakeep.testkit.HugeBody;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The largest body that is taken, and another large one beside it, in the smallest container that is sold. */
class SmallHeapIT {

    /** The bound of a body is 64 MiB. */
    private static final long LARGEST = (64L << 20) - 4096;

    private static final long LARGE = 20L << 20;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    @Test
    void aBodyOf64MibIsStoredWithin128MibOfHeap() throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        api.setExecutor(threads);
        api.createContext("/", SmallHeapIT::answer);
        api.start();
        try {
            Packaged program = new Packaged(folder)
                    .withOption("-Xmx128m")
                    .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                    .with("ALPHAKEEP_DATABASE_USER", "postgres")
                    .with(
                            "ALPHAKEEP_API_URL",
                            "http://127.0.0.1:" + api.getAddress().getPort() + "/query")
                    .with("ALPHAKEEP_API_KEY", "any");
            String[] ingest = {
                "ingest",
                "--json",
                "--refresh",
                "--only",
                HugeBody.SYMBOL,
                "--function",
                "TIME_SERIES_INTRADAY:1min",
                "--function",
                "TIME_SERIES_INTRADAY:5min"
            };
            JsonNode first = report(program.run(ingest));
            long bars = rows(LARGEST) + rows(LARGE);
            assertThat(first.at("/rows/inserted").asLong()).isEqualTo(bars);
            assertThat(stored("1min")).isEqualTo(expected(rows(LARGEST)));
            assertThat(stored("5min")).isEqualTo(expected(rows(LARGE)));

            JsonNode again = report(program.run(ingest));
            assertThat(again.at("/rows/unchanged").asLong()).isEqualTo(bars);
            assertThat(again.at("/rows/inserted").asLong()
                            + again.at("/rows/changed").asLong())
                    .isZero();
        } finally {
            api.stop(0);
            threads.shutdownNow();
        }
    }

    private static JsonNode report(Packaged.Finished finished) {
        assertThat(finished.exitCode()).as(finished.all()).isZero();
        JsonNode report = Json.read(finished.out());
        assertThat(report.at("/requests/ok").asInt()).as(finished.all()).isEqualTo(2);
        return report;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        boolean minutes = exchange.getRequestURI().getQuery().contains("interval=1min");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            new HugeBody(minutes ? LARGEST : LARGE).transferTo(out);
        }
    }

    private static long rows(long bytes) throws IOException {
        HugeBody body = new HugeBody(bytes);
        body.transferTo(OutputStream.nullOutputStream());
        return body.rows();
    }

    private static String stored(String interval) {
        return DATABASE.value("SELECT count(*) || ' ' || sum(close_price) FROM alpha_market_data WHERE endpoint ="
                + " 'TIME_SERIES_INTRADAY_" + interval + "'");
    }

    private static String expected(long rows) {
        BigDecimal sum = BigDecimal.ZERO;
        for (long row = 0; row < rows; row++) {
            sum = sum.add(new BigDecimal(HugeBody.close(row)));
        }
        return rows + " " + sum;
    }
}
