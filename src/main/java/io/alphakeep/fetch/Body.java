package io.alphakeep.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of an answer, held once: in chunks, never as one array. It is filled by one thread and then belongs to the one
 * that asked, who closes it on every way out: a large one keeps other large ones waiting ({@link LargeBodies}).
 */
public final class Body implements AutoCloseable {

    static final int CHUNK_BYTES = 64 * 1024;
    private static final int CHUNK_BITS = 16;
    private static final int FIRST_BYTES = 8 * 1024;

    private static final Runnable NOBODY_WAITS = () -> {};

    /** All but the last are full; the first one begins small, because most answers are. Null once let go. */
    private final List<byte[]> chunks = new ArrayList<>();

    private long length;
    private Runnable permit = NOBODY_WAITS;
    private boolean closed;

    Body() {}

    /** A body that is there already; the bytes are copied. */
    public static Body of(byte[] bytes) {
        Body body = new Body();
        for (int at = 0; at < bytes.length; ) {
            byte[] chunk = body.room();
            int taken = Math.min(bytes.length - at, body.roomLeft());
            System.arraycopy(bytes, at, chunk, body.roomStart(), taken);
            body.length += taken;
            at += taken;
        }
        return body;
    }

    /** How many bytes were read. */
    public long length() {
        return length;
    }

    /** Reads once from a stream, without a buffer between; the number of bytes, -1 at its end. */
    int readFrom(InputStream in) throws IOException {
        byte[] chunk = room();
        int count = in.read(chunk, roomStart(), roomLeft());
        length += Math.max(count, 0);
        return count;
    }

    private byte[] room() {
        int index = (int) (length >>> CHUNK_BITS);
        if (index == chunks.size()) {
            chunks.add(new byte[index == 0 ? FIRST_BYTES : CHUNK_BYTES]);
        } else if (roomLeft() == 0) {
            byte[] first = chunks.get(index);
            chunks.set(index, Arrays.copyOf(first, Math.min(first.length * 4, CHUNK_BYTES)));
        }
        return chunks.get(index);
    }

    private int roomStart() {
        return (int) length & (CHUNK_BYTES - 1);
    }

    private int roomLeft() {
        return chunks.get((int) (length >>> CHUNK_BITS)).length - roomStart();
    }

    /** What waits for this body to be closed. Called at once where it is closed already. */
    void holds(Runnable newPermit) {
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                permit = newPermit;
            }
        }
        if (late) {
            newPermit.run();
        }
    }

    int at(long index) {
        return chunks.get((int) (index >>> CHUNK_BITS))[(int) index & (CHUNK_BYTES - 1)];
    }

    /** As text what stands between two places. */
    String text(long from, long to) {
        byte[] bytes = new byte[(int) (to - from)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) at(from + i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The bytes from a place on, as often as one likes. */
    InputStream open(long from) {
        return new Chunks(from, false);
    }

    /** The bytes, once: what was read is let go. */
    public InputStream drain() {
        return new Chunks(0, true);
    }

    /** A copy of the bytes, for tests and for small ones. */
    public byte[] toByteArray() {
        try (InputStream in = open(0)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    /** Lets go of everything. Does nothing the second time. */
    @Override
    public void close() {
        abandon();
        chunks.clear();
    }

    /** Lets those go who wait for this body, also while it is still being filled. */
    void abandon() {
        Runnable given;
        synchronized (this) {
            closed = true;
            given = permit;
            permit = NOBODY_WAITS;
        }
        given.run();
    }

    @Override
    public String toString() {
        return "Body[" + length + " bytes]";
    }

    private final class Chunks extends InputStream {
        private final boolean consuming;
        private long at;

        Chunks(long from, boolean consuming) {
            this.at = from;
            this.consuming = consuming;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int count) {
            if (at == length) {
                return count == 0 ? 0 : -1;
            }
            int index = (int) (at >>> CHUNK_BITS);
            byte[] chunk = chunks.get(index);
            if (chunk == null) {
                throw new IllegalStateException("a body is drained once");
            }
            int start = (int) at & (CHUNK_BYTES - 1);
            int taken = (int) Math.min(Math.min(count, CHUNK_BYTES - start), length - at);
            System.arraycopy(chunk, start, into, offset, taken);
            at += taken;
            if (consuming && ((at & (CHUNK_BYTES - 1)) == 0 || at == length)) {
                chunks.set(index, null);
            }
            return taken;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, length - at);
        }
    }
}
