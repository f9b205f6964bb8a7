package io.alphakeep.fetch;

import java.time.Duration;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the API over the Quarkus REST client; thread-safe, meant for a few threads. It needs a started Quarkus
 * application, because that is what makes the client's implementation.
 *
 * <p>Each request has a client, and so a connection, to itself while it lasts. A request that is given up takes them
 * with it: the REST client cannot abort a body that it has begun, closing the stream reads on to the end.
 */
public final class ApiClient implements Api, AutoCloseable {

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final ApiOptions options;
    private final AnswerClassifier classifier;
    private final Troubles troubles;
    private final LargeBodies largeBodies;
    /** Servers keep an idle connection for longer than this. */
    private static final Duration KEPT_OPEN = Duration.ofSeconds(5);

    private final Deque<Line> idle = new ConcurrentLinkedDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "alphakeep-fetch-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

    public ApiClient(ApiOptions options) {
        this(options, LargeBodies.OF_PROCESS);
    }

    ApiClient(ApiOptions options, LargeBodies largeBodies) {
        this.options = options;
        this.largeBodies = largeBodies;
        Redaction redaction = new Redaction(options.key());
        this.classifier = new AnswerClassifier(redaction);
        this.troubles = new Troubles(options, redaction);
    }

    /**
     * Makes the clients for so many requests at a time. A first client takes up to a second; made between a permit and its
     * request it would let requests arrive closer together than they were permitted.
     */
    public void prepare(int clients) {
        WarmUp.run(options);
        for (int i = idle.size(); i < clients; i++) {
            idle.addFirst(Line.unused(AlphaVantage.connect(options)));
        }
    }

    @Override
    public Optional<Answer> ask(Map<String, String> parameters, boolean csv, Departure departure) {
        Map<String, String> query = new LinkedHashMap<>(parameters);
        query.put("apikey", options.key());
        long started = System.nanoTime();
        Line line = take();
        AlphaVantage client = line.client();
        Exchange exchange = new Exchange(client, query, departure, !line.isOpen(), options.maxBodyBytes(), largeBodies);
        Future<Exchange.Received> running = threads.submit(exchange);
        boolean whole = false;
        FetchOutcome outcome = null;
        try {
            Exchange.Received received = await(running, exchange, started);
            if (received == null) {
                whole = true;
                return Optional.empty();
            }
            whole = received.body() != null;
            outcome = whole
                    ? classifier.classify(received.status(), received.contentType(), received.body(), csv)
                    : troubles.oversized();
        } catch (TimeoutException e) {
            outcome = late(exchange, started);
        } catch (ExecutionException e) {
            outcome = troubles.of(e.getCause(), exchange.status() != 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        } finally {
            running.cancel(true);
            if (!(outcome instanceof FetchOutcome.Data)) {
                exchange.abandon();
            }
            giveBack(client, whole);
        }
        return Optional.of(new Answer(
                outcome,
                exchange.simulated(),
                exchange.status() != 0,
                exchange.status(),
                exchange.bodyBytes(),
                Duration.ofNanos(System.nanoTime() - started)));
    }

    /** Waits until the answer is there, but no longer than the server may be silent or the request may take. */
    private Exchange.Received await(Future<Exchange.Received> running, Exchange exchange, long started)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            long now = System.nanoTime();
            // Before the first byte the REST client watches connect and read timeout itself, and tells them apart.
            Duration silence = exchange.status() == 0
                    ? options.connectTimeout().plus(options.readTimeout())
                    : options.readTimeout();
            long left = Math.min(silence.toNanos() - (now - exchange.progressNanos()), totalLeft(exchange, started));
            left = Math.min(left, LargeBodies.PATIENCE * options.totalTimeout().toNanos() - exchange.stuckNanos());
            if (left <= 0) {
                throw new TimeoutException();
            }
            try {
                return running.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Bytes may have come in the meantime: look again.
            }
        }
    }

    private FetchOutcome late(Exchange exchange, long started) {
        if (totalLeft(exchange, started) <= 0) {
            return troubles.tooLong();
        }
        return exchange.isCrowded() ? troubles.crowded() : troubles.silent();
    }

    private long totalLeft(Exchange exchange, long started) {
        return options.totalTimeout().toNanos() - (System.nanoTime() - started - exchange.waitedNanos());
    }

    private Line take() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        Line line = idle.pollFirst();
        return line == null ? Line.unused(AlphaVantage.connect(options)) : line;
    }

    private void giveBack(AlphaVantage client, boolean clean) {
        if (!clean) {
            client.close();
            return;
        }
        idle.addFirst(new Line(client, System.nanoTime()));
        if (closed) {
            closeIdle();
        }
    }

    /** Ends all connections; requests in flight end as cut off. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
        closeIdle();
    }

    private void closeIdle() {
        for (Line line = idle.pollFirst(); line != null; line = idle.pollFirst()) {
            line.client().close();
        }
    }

    /** @param answeredNanos when it was last used; null = never */
    private record Line(AlphaVantage client, Long answeredNanos) {

        static Line unused(AlphaVantage client) {
            return new Line(client, null);
        }

        boolean isOpen() {
            return answeredNanos != null && System.nanoTime() - answeredNanos < KEPT_OPEN.toNanos();
        }
    }
}
