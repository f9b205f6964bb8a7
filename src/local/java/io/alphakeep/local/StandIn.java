package io.alphakeep.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A running stand-in of the Alpha Vantage API. It answers {@code GET /query?function=…&apikey=…} in the API's wire
 * format, and marks every answer with the header {@value #SIMULATED_HEADER}, recorded bodies too: none of it may enter
 * a real warehouse. All its threads are daemons.
 */
public final class StandIn implements AutoCloseable {

    /** Header of every answer, with the value {@code true}. */
    public static final String SIMULATED_HEADER = "X-Alphakeep-Simulated";

    private static final int THREADS = 8;
    private static final int DRIPS = 30;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Responder responder;
    private final Pause pause;
    private final String host;
    private final AtomicLong answered = new AtomicLong();

    /** What passes between the pieces of a slow body. */
    interface Pause {
        void pass() throws InterruptedException;
    }

    private StandIn(StandInOptions options, Pause pause) throws IOException {
        SimulatedBodies simulated = new SimulatedBodies(new Market(options.clock()));
        Source source = options.recorded().isPresent()
                ? RecordedBodies.of(options.recorded().get())
                : simulated;
        this.responder = new Responder(options, source, simulated);
        this.pause = pause;
        this.host = options.host();
        this.server = HttpServer.create(new InetSocketAddress(options.host(), options.port()), 0);
        this.threads = Executors.newFixedThreadPool(THREADS, work -> daemon(work, "alphakeep-stand-in"));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Starts listening.
     *
     * @throws UncheckedIOException     when the address cannot be listened on, or the recorded bodies cannot be read
     * @throws IllegalArgumentException when the recorded folder is none
     */
    public static StandIn start(StandInOptions options) {
        return start(options, () -> Thread.sleep(100));
    }

    static StandIn start(StandInOptions options, Pause pause) {
        // Without it each answer on a kept connection waits 40 ms for the client's delayed acknowledgement of the head.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        try {
            StandIn standIn = new StandIn(options, pause);
            // The server's dispatcher is a daemon only when the thread that starts it is.
            Thread starter = daemon(standIn.server::start, "alphakeep-stand-in-start");
            starter.start();
            starter.join();
            return standIn;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The stand-in cannot listen on " + options.host() + ":" + options.port() + ": " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the stand-in of the API started", e);
        }
    }

    /** Everything before the {@code ?}: {@code http://127.0.0.1:PORT/query}. */
    public URI url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port() + "/query");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** How many requests were answered so far, refusals and faults among them. */
    public long requests() {
        return answered.get();
    }

    /** Stops at once: requests under way are cut. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set(SIMULATED_HEADER, "true");
            Reply reply = reply(exchange);
            // Counted before the last byte goes out, so that who has read an answer finds it counted.
            answered.incrementAndGet();
            deliver(exchange, reply);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply reply(HttpExchange exchange) {
        if (!exchange.getRequestURI().getPath().equals("/query")) {
            return Reply.of(404, "text/plain", "Ask " + url() + "?function=...&apikey=...");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return Reply.of(405, "text/plain", "Only GET is answered.");
        }
        try {
            return responder.answer(Query.parse(exchange.getRequestURI().getRawQuery()));
        } catch (IllegalArgumentException e) {
            return Reply.of(400, "text/plain", "Not a query: " + e.getMessage());
        } catch (RuntimeException e) {
            return Reply.of(500, "text/plain", "The stand-in failed: " + e);
        }
    }

    private void deliver(HttpExchange exchange, Reply reply) throws IOException, InterruptedException {
        byte[] body = reply.body();
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        if (body.length == 0) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        boolean truncated = reply.delivery() == Reply.Delivery.TRUNCATED;
        // 0 = chunked, as the API sends; a cut body has to announce its length.
        exchange.sendResponseHeaders(reply.status(), truncated ? body.length : 0);
        OutputStream out = exchange.getResponseBody();
        switch (reply.delivery()) {
            case WHOLE -> out.write(body);
            case TRUNCATED -> out.write(body, 0, body.length / 2);
            case DRIPPED -> drip(out, body);
        }
        if (!truncated) {
            out.close();
        }
    }

    private void drip(OutputStream out, byte[] body) throws IOException, InterruptedException {
        int piece = Math.max(1, body.length / DRIPS);
        for (int from = 0; from < body.length; from += piece) {
            out.write(Arrays.copyOfRange(body, from, Math.min(from + piece, body.length)));
            out.flush();
            pause.pass();
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
