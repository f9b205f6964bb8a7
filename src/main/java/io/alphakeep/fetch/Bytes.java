package io.alphakeep.fetch;

import java.nio.charset.StandardCharsets;

/** The beginnings of bodies. */
final class Bytes {

    /** Far more than is ever shown: a key that the cut goes through would escape the redaction that follows. */
    private static final int BEGIN_BYTES = 2_000;

    private Bytes() {}

    /** The first byte that is neither byte order mark nor blank; the length when there is none. */
    static int firstMeaningful(byte[] body) {
        boolean mark = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return firstMeaningful(body, mark ? 3 : 0);
    }

    static int firstMeaningful(byte[] body, int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r' || body[at] == '\n')) {
            at++;
        }
        return at;
    }

    static String begin(byte[] body, int start) {
        return new String(body, start, Math.min(BEGIN_BYTES, body.length - start), StandardCharsets.UTF_8);
    }
}
