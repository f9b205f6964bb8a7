package io.alphakeep.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
        answers.forEach(answer -> made.put(answer.ticker(), DailyBody.of(answer)));
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
}
