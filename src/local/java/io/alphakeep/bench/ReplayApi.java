package io.alphakeep.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers requests for daily series on loopback, out of memory: what makes the answers shares the cores with what is
 * measured, and the stand-in of the API computes a whole history for each of them.
 */
final class ReplayApi implements AutoCloseable {

    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;
    private volatile Map<String, byte[]> bodies = Map.of();

    ReplayApi() throws IOException {
        // Without it each answer on a kept connection waits 40 ms for the client's delayed acknowledgement of the head.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "alphakeep-bench-api");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/query", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/query";
    }

    /** What is answered from now on, to any size that is asked for. */
    void serve(List<SeriesBars> answers) {
        Map<String, byte[]> made = new LinkedHashMap<>();
        answers.forEach(answer -> made.put(answer.ticker(), body(answer)));
        bodies = made;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = bodies.get(symbol(exchange.getRequestURI().getRawQuery()));
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String symbol(String query) {
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith("symbol=")) {
                return parameter.substring("symbol=".length());
            }
        }
        return "";
    }

    /** As the API writes it: newest first, every value a text. */
    private static byte[] body(SeriesBars answer) {
        Bars bars = answer.bars();
        StringBuilder text = new StringBuilder(bars.size() * 220)
                .append("{\n    \"Meta Data\": {\n")
                .append("        \"1. Information\": \"Daily Prices (open, high, low, close) and Volumes\",\n")
                .append("        \"2. Symbol\": \"")
                .append(answer.ticker())
                .append("\",\n        \"3. Last Refreshed\": \"")
                .append(date(bars, bars.size() - 1))
                .append("\",\n        \"4. Output Size\": \"Compact\",\n")
                .append("        \"5. Time Zone\": \"US/Eastern\"\n    },\n    \"Time Series (Daily)\": {");
        for (int i = bars.size() - 1; i >= 0; i--) {
            text.append(i == bars.size() - 1 ? "" : ",")
                    .append("\n        \"")
                    .append(date(bars, i))
                    .append("\": {\n            \"1. open\": \"")
                    .append(bars.value(Figure.OPEN, i))
                    .append("\",\n            \"2. high\": \"")
                    .append(bars.value(Figure.HIGH, i))
                    .append("\",\n            \"3. low\": \"")
                    .append(bars.value(Figure.LOW, i))
                    .append("\",\n            \"4. close\": \"")
                    .append(bars.value(Figure.CLOSE, i))
                    .append("\",\n            \"5. volume\": \"")
                    .append(bars.value(Figure.VOLUME, i))
                    .append("\"\n        }");
        }
        return text.append("\n    }\n}").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String date(Bars bars, int index) {
        return bars.timestamp(index).toString().substring(0, "2026-01-01".length());
    }
}
