package io.alphakeep.trigger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The bytes of a request, within bounds of size and time: who sends one now and then does not keep a thread. */
final class RequestBody {

    /** From the first byte to the last. A silence is ended by the server's own read timeout, which is as long. */
    static final Duration MOST_TIME = Duration.ofSeconds(10);

    private static final int PART = 8 * 1024;

    private RequestBody() {}

    /**
     * @param most  of bytes
     * @param nanos a clock that only goes forward
     * @return one byte more than {@code most} when there are more
     * @throws SlowBodyException when it is not over in time, or breaks off
     */
    static byte[] read(InputStream body, int most, LongSupplier nanos) throws SlowBodyException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        long begun = nanos.getAsLong();
        try {
            for (int n = 0; n >= 0 && read.size() <= most; ) {
                if (nanos.getAsLong() - begun > MOST_TIME.toNanos()) {
                    throw new SlowBodyException();
                }
                n = body.read(part, 0, Math.min(PART, most + 1 - read.size()));
                read.write(part, 0, Math.max(n, 0));
            }
        } catch (IOException e) {
            // Silent, or gone: whether anybody reads the answer is not known.
            throw new SlowBodyException();
        }
        return read.toByteArray();
    }

    /** The body did not come. */
    static final class SlowBodyException extends Exception {}
}
