package io.alphakeep.local;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The troubles that the API is known for, each asked for by a rate of the requests. */
public enum Fault {
    /** The burst notice, in the words for the configured limit per second. */
    THROTTLE,
    /** The day quota's notice, which echoes the key. */
    QUOTA,
    /** "This is a premium endpoint." */
    PREMIUM,
    /** "outputsize=full is a premium feature"; spares requests that do not ask for it. */
    PREMIUM_FULL,
    /** What the function says of a symbol that nobody knows. */
    UNKNOWN_SYMBOL,
    /** Data in the valid shape under a message that calls it artificial. */
    ARTIFICIAL_SAMPLE,
    /** Status 200 and no byte. */
    EMPTY,
    /** {@code {}}. */
    EMPTY_OBJECT,
    /** Status 503 and the hosting platform's page. */
    HTML,
    /** Status 503 and nothing to read. */
    HTTP_503,
    /** "the parameter apikey is invalid or missing". */
    KEY_REFUSED,
    /** The right body, of which half arrives before the connection closes. */
    TRUNCATED,
    /** The right body in small pieces, for about three seconds. */
    SLOW,
    /** Another ticker's body. */
    WRONG_SYMBOL;

    /** The word of it on a command line: {@code wrong-symbol}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All words, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(Fault::word).collect(Collectors.joining(", "));
    }

    /**
     * Reads {@code KIND=RATE}, as in {@code throttle=0.1}.
     *
     * @return the fault and the share of requests that meet it, 0 to 1
     * @throws IllegalArgumentException when it is neither; the message names the text and lists the kinds
     */
    public static Map.Entry<Fault, Double> parse(String text) {
        int equals = text.indexOf('=');
        String kind = (equals < 0 ? text : text.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
        Fault fault = Arrays.stream(values())
                .filter(f -> f.word().equals(kind))
                .findFirst()
                .orElseThrow(() -> bad(text, "no such kind"));
        double rate;
        try {
            rate = Double.parseDouble(
                    equals < 0 ? "" : text.substring(equals + 1).strip());
        } catch (NumberFormatException e) {
            throw bad(text, "the rate is not a number");
        }
        if (!(rate >= 0 && rate <= 1)) {
            throw bad(text, "the rate is not within 0 to 1");
        }
        return Map.entry(fault, rate);
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException("'" + text + "' is not a fault: " + why
                + "; give KIND=RATE, a rate from 0 to 1 and a kind of " + words());
    }
}
