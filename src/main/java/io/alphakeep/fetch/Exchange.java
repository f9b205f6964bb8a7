package io.alphakeep.fetch;

import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * One request on one connection: sends, and reads the body up to the bound. Runs on a thread of its own, while the one
 * that asked watches the clock; {@link #progress()} is what it watches.
 */
final class Exchange implements Callable<Exchange.Received> {

    private static final int CHUNK_BYTES = 32 * 1024;
    private static final String SIMULATED = "X-Alphakeep-Simulated";

    /** @param body null when it is longer than the bound */
    record Received(int status, String contentType, boolean simulated, byte[] body, long bodyBytes) {}

    private final AlphaVantage client;
    private final Map<String, String> query;
    private final long maxBodyBytes;
    private volatile long progressNanos = System.nanoTime();
    private volatile int status;
    private volatile boolean simulated;
    private volatile long bodyBytes;

    Exchange(AlphaVantage client, Map<String, String> query, long maxBodyBytes) {
        this.client = client;
        this.query = query;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** When the last byte came, or the request was sent, in the time of {@link System#nanoTime()}. */
    long progressNanos() {
        return progressNanos;
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

    @Override
    public Received call() throws IOException {
        progressNanos = System.nanoTime();
        Response response = client.query(query);
        progressNanos = System.nanoTime();
        simulated = "true".equalsIgnoreCase(response.getHeaderString(SIMULATED));
        status = response.getStatus();
        String type = response.getHeaderString("Content-Type");
        InputStream stream = response.readEntity(InputStream.class);
        byte[] body = stream == null ? new byte[0] : read(stream, response.getHeaderString("Content-Length"));
        return new Received(status, type == null ? "" : type, simulated, body, bodyBytes);
    }

    /** The whole body, or null when it is over the bound; then the stream is left as it stands. */
    private byte[] read(InputStream stream, String contentLength) throws IOException {
        Body body = new Body(expected(contentLength));
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
            progressNanos = System.nanoTime();
            bodyBytes += n;
            if (bodyBytes > maxBodyBytes) {
                return null;
            }
            body.write(chunk, 0, n);
        }
        stream.close();
        return body.bytes();
    }

    /** The first size of the buffer; what a server claims is a hint, never a reason to take memory. */
    private static int expected(String contentLength) {
        try {
            long claimed = contentLength == null ? CHUNK_BYTES : Long.parseLong(contentLength.strip());
            return (int) Math.max(64, Math.min(claimed, 4L * 1024 * 1024));
        } catch (NumberFormatException e) {
            return CHUNK_BYTES;
        }
    }

    /** Hands out its own array where it is exactly full. */
    private static final class Body extends ByteArrayOutputStream {
        Body(int size) {
            super(size);
        }

        byte[] bytes() {
            return count == buf.length ? buf : toByteArray();
        }
    }
}
