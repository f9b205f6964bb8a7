package io.alphakeep.fetch;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * One request on one connection: sends, and reads the body up to the bound. Runs on a thread of its own, while the one
 * that asked watches the clock; {@link #progressNanos()} is what it watches.
 */
final class Exchange implements Callable<Exchange.Received> {

    private static final String SIMULATED = "X-Alphakeep-Simulated";

    /** @param body null when it is longer than the bound */
    record Received(int status, String contentType, boolean simulated, Body body, long bodyBytes) {}

    private final AlphaVantage client;
    private final Map<String, String> query;
    private final Departure departure;
    private final boolean newConnection;
    private final long maxBodyBytes;
    private final LargeBodies largeBodies;
    private final Body body = new Body();
    private volatile boolean crowded;
    private volatile long crowdedSince;
    private volatile long waitedNanos;
    private volatile long progressNanos = System.nanoTime();
    private volatile int status;
    private volatile boolean simulated;
    private volatile long bodyBytes;

    Exchange(
            AlphaVantage client,
            Map<String, String> query,
            Departure departure,
            boolean newConnection,
            long maxBodyBytes,
            LargeBodies largeBodies) {
        this.client = client;
        this.query = query;
        this.departure = departure;
        this.newConnection = newConnection;
        this.maxBodyBytes = maxBodyBytes;
        this.largeBodies = largeBodies;
    }

    /** When the last byte came, or the request was sent, in the time of {@link System#nanoTime()}. */
    long progressNanos() {
        return crowded ? System.nanoTime() : progressNanos;
    }

    /** It waits for another large body to be decoded: if nothing comes it is not the server that is silent. */
    boolean isCrowded() {
        return crowded;
    }

    /** How long it waited for other large bodies so far: time that is not the server's. */
    long waitedNanos() {
        return crowded ? System.nanoTime() - crowdedSince : waitedNanos;
    }

    /** How long it has seen no other large body end while it waits; 0 when it doesn't wait. */
    long stuckNanos() {
        long now = System.nanoTime();
        return crowded ? Math.min(now - crowdedSince, now - largeBodies.progressNanos()) : 0;
    }

    /** Nobody will take the body, whether it is there or not. */
    void abandon() {
        body.abandon();
    }

    /** The status once a head has come, else 0. */
    int status() {
        return status;
    }

    boolean simulated() {
        return simulated;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    /** @return null when it was too late to send it */
    @Override
    public Received call() throws IOException {
        progressNanos = System.nanoTime();
        if (!departure.mayLeave(newConnection)) {
            return null;
        }
        Response response = client.query(query);
        progressNanos = System.nanoTime();
        simulated = "true".equalsIgnoreCase(response.getHeaderString(SIMULATED));
        status = response.getStatus();
        String type = response.getHeaderString("Content-Type");
        InputStream stream = response.readEntity(InputStream.class);
        boolean whole = stream == null || read(stream);
        return new Received(status, type == null ? "" : type, simulated, whole ? body : null, bodyBytes);
    }

    /** Reads the whole body; false when it is over the bound, and then the stream is left as it stands. */
    private boolean read(InputStream stream) throws IOException {
        boolean large = false;
        for (int n = body.readFrom(stream); n >= 0; n = body.readFrom(stream)) {
            progressNanos = System.nanoTime();
            bodyBytes += n;
            if (bodyBytes > maxBodyBytes) {
                return false;
            }
            if (!large && bodyBytes > LargeBodies.SMALL_BYTES) {
                large = true;
                awaitTurn();
            }
        }
        stream.close();
        return true;
    }

    private void awaitTurn() throws InterruptedIOException {
        crowdedSince = System.nanoTime();
        crowded = true;
        try {
            body.holds(largeBodies.acquire());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("given up while waiting for another large body");
        } finally {
            progressNanos = System.nanoTime();
            waitedNanos = progressNanos - crowdedSince;
            crowded = false;
        }
    }
}
