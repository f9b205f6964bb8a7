package io.alphakeep.local;

import java.nio.charset.StandardCharsets;

/**
 * An answer, ready to be sent.
 *
 * @param status      of HTTP; 200 for nearly everything, errors included
 * @param contentType the API's: {@code application/json}, or {@code application/x-download} for CSV
 * @param body        the bytes, never changed after
 * @param delivery    how they travel
 */
record Reply(int status, String contentType, byte[] body, Delivery delivery) {

    static final String JSON = "application/json";
    static final String CSV = "application/x-download";

    enum Delivery {
        WHOLE,
        /** The length is announced, half of it comes, then the connection is closed. */
        TRUNCATED,
        /** In small pieces with pauses between them. */
        DRIPPED
    }

    static Reply json(String text) {
        return of(200, JSON, text);
    }

    static Reply csv(String text) {
        return of(200, CSV, text);
    }

    static Reply of(int status, String contentType, String text) {
        return new Reply(status, contentType, text.getBytes(StandardCharsets.UTF_8), Delivery.WHOLE);
    }

    /** The same JSON object with another field before its own. */
    Reply withFirstField(String key, String value) {
        String text = new String(body, StandardCharsets.UTF_8);
        String field = new JsonText(1024).object().field(key, value).end().text();
        return of(status, contentType, field.substring(0, field.length() - 2) + "," + text.substring(1));
    }

    Reply delivered(Delivery other) {
        return new Reply(status, contentType, body, other);
    }
}
