package io.alphakeep.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server between the program and another one: it passes each answer on without any header of its own, so that a
 * stand-in's answers look like the real API's, and it can hold requests back until the test lets them go.
 */
public final class Relay implements AutoCloseable {

    private final HttpServer server;
    private final String origin;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final URI target;
    private final String keptHeader;
    private final int passing;
    private final boolean half;
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger arrived = new AtomicInteger();

    private Relay(URI target, String keptHeader, int passing, boolean half, Optional<SelfSigned> tls) {
        this.target = target;
        this.keptHeader = keptHeader;
        this.passing = passing;
        this.half = half;
        try {
            server = listen(tls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        origin = (tls.isPresent() ? "https://localhost:" : "http://127.0.0.1:")
                + server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/query", this::handle);
        server.start();
    }

    private static HttpServer listen(Optional<SelfSigned> tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.get().context()));
        return server;
    }

    /** Drops the header that says that the answers are simulated. */
    public static Relay withoutHeaders(URI target) {
        return new Relay(target, null, Integer.MAX_VALUE, false, Optional.empty());
    }

    /** Keeps the header, lets the first requests pass, and holds the others until {@link #open}. */
    public static Relay holding(URI target, String keptHeader, int passing) {
        return new Relay(target, keptHeader, passing, false, Optional.empty());
    }

    /** As {@link #holding}, but half of what is held has been answered. */
    public static Relay holdingHalves(URI target, String keptHeader, int passing) {
        return new Relay(target, keptHeader, passing, true, Optional.empty());
    }

    /** Keeps the header, and is asked over TLS. */
    public static Relay overTls(URI target, String keptHeader, SelfSigned certificate) {
        return new Relay(target, keptHeader, Integer.MAX_VALUE, false, Optional.of(certificate));
    }

    public String url() {
        return origin + "/query";
    }

    /** Lets go of what is held, and of all that comes. */
    public void open() {
        gate.countDown();
    }

    /** How many requests came, held ones too. */
    public int arrived() {
        return arrived.get();
    }

    /** The queries that were passed on. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean held = arrived.incrementAndGet() > passing;
            if (held && !half) {
                gate.await();
            }
            String query = exchange.getRequestURI().getRawQuery();
            asked.add(query);
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(target + "?" + query)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            if (keptHeader != null) {
                answer.headers()
                        .firstValue(keptHeader)
                        .ifPresent(value -> exchange.getResponseHeaders().set(keptHeader, value));
            }
            byte[] body = answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            int sent = held && half ? body.length / 2 : 0;
            exchange.getResponseBody().write(body, 0, sent);
            if (sent > 0) {
                exchange.getResponseBody().flush();
                gate.await();
            }
            exchange.getResponseBody().write(body, sent, body.length - sent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
