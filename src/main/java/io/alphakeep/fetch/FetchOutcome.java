package io.alphakeep.fetch;

import java.time.Duration;

/**
 * What an answer is, by the ordered rules of {@link AnswerClassifier}. Texts are redacted: the key never stands in one.
 */
public sealed interface FetchOutcome {

    /** A short word for the ledger and the report, bounded in number. */
    String kind();

    /** The API's or our own words about it; empty when there is nothing to say. */
    default String text() {
        return "";
    }

    /**
     * The answer holds data, to be decoded.
     *
     * @param body the bytes as they came; whoever gets them closes them
     * @param csv  the answer is CSV, else JSON
     */
    record Data(Body body, boolean csv) implements FetchOutcome {
        @Override
        public String kind() {
            return "data";
        }
    }

    /** The API knows of nothing here; not an error, and nothing stored is touched. */
    record Empty(String text) implements FetchOutcome {
        @Override
        public String kind() {
            return "empty";
        }
    }

    /** Too fast for a second or minute window: everyone waits for {@code pause}, then repeating is worth it. */
    record Throttled(String text, Duration pause) implements FetchOutcome {
        @Override
        public String kind() {
            return "throttled";
        }
    }

    /** The day's allowance is spent, by the API's own word. */
    record QuotaExhausted(String text) implements FetchOutcome {
        @Override
        public String kind() {
            return "quota";
        }
    }

    /**
     * The key's plan does not include this; artificial samples are this too.
     *
     * @param fullOnly only {@code outputsize=full} was refused: the compact answer is still to be had
     */
    record NotEntitled(String text, boolean fullOnly) implements FetchOutcome {
        @Override
        public String kind() {
            return "premium";
        }
    }

    /** The key itself is refused: nothing more is asked in this run. */
    record KeyRefused(String text) implements FetchOutcome {
        @Override
        public String kind() {
            return "key";
        }
    }

    /** The API knows no such symbol, or has no data for these parameters. */
    record SymbolRefused(String text) implements FetchOutcome {
        @Override
        public String kind() {
            return "symbol";
        }
    }

    /** The API knows no such function, or has retired it. */
    record FunctionRefused(String text) implements FetchOutcome {
        @Override
        public String kind() {
            return "function";
        }
    }

    /**
     * No usable answer arrived.
     *
     * @param fault what happened on the way
     * @param sent  false: there was no connection, so that nothing was asked for certain
     */
    record Broken(Fault fault, String text, boolean sent) implements FetchOutcome {

        public Broken(Fault fault, String text) {
            this(fault, text, true);
        }

        @Override
        public String kind() {
            return fault.word();
        }
    }

    /** A text that no rule knows; repeated once, then reported with the text. */
    record Unknown(String text) implements FetchOutcome {
        @Override
        public String kind() {
            return "unknown";
        }
    }

    /** What can happen to an answer on its way. */
    enum Fault {
        /** Name resolution, connection or TLS failed: the server was not reached. */
        UNREACHABLE("unreachable", true),
        /** No answer, or not the whole of it, within the read timeout. */
        TIMEOUT("timeout", true),
        /** The connection ended before the body did. */
        CUT_OFF("cut-off", true),
        /** A status that is not 200. */
        STATUS("http-status", true),
        /** HTML where data was due. */
        HTML("html", true),
        /** A 200 without a body. */
        NO_BODY("no-body", true),
        /** JSON or CSV that cannot be read, most often because it is short. */
        MALFORMED("malformed", true),
        /** More rows, or more of what costs memory, than one answer may hold: the same would come again. */
        OVERFULL("overfull", false),
        /** It was large, and another one did not make room. Repeating at once would only queue behind it again. */
        CROWDED("crowded", false),
        /** More bytes than {@code alphakeep.fetch.max-body-bytes}: repeating cannot help. */
        OVERSIZED("oversized", false),
        /** The body is about another symbol than the one asked for. */
        WRONG_SYMBOL("wrong-symbol", true);

        private final String word;
        private final boolean retryable;

        Fault(String word, boolean retryable) {
            this.word = word;
            this.retryable = retryable;
        }

        public String word() {
            return word;
        }

        public boolean retryable() {
            return retryable;
        }

        /** The API itself seems to be down or out of reach, whatever was asked. */
        public boolean isOutage() {
            return switch (this) {
                case UNREACHABLE, TIMEOUT, CUT_OFF, STATUS, HTML, NO_BODY -> true;
                case MALFORMED, OVERFULL, CROWDED, OVERSIZED, WRONG_SYMBOL -> false;
            };
        }
    }
}
