package io.alphakeep.fetch;

/** The beginnings of bodies. */
final class Bytes {

    /** Far more than is ever shown: a key that the cut goes through would escape the redaction that follows. */
    private static final int BEGIN_BYTES = 2_000;

    private Bytes() {}

    /** The first byte that is neither byte order mark nor blank; the length when there is none. */
    static long firstMeaningful(Body body) {
        boolean mark = body.length() >= 3
                && body.at(0) == (byte) 0xEF
                && body.at(1) == (byte) 0xBB
                && body.at(2) == (byte) 0xBF;
        return firstMeaningful(body, mark ? 3 : 0);
    }

    static long firstMeaningful(Body body, long from) {
        long at = from;
        while (at < body.length() && isBlank(body.at(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(int character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    static String begin(Body body, long start) {
        return body.text(start, Math.min(start + BEGIN_BYTES, body.length()));
    }
}
