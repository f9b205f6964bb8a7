package io.alphakeep.fetch;

import io.alphakeep.fetch.FetchOutcome.Empty;
import io.alphakeep.fetch.FetchOutcome.FunctionRefused;
import io.alphakeep.fetch.FetchOutcome.KeyRefused;
import io.alphakeep.fetch.FetchOutcome.NotEntitled;
import io.alphakeep.fetch.FetchOutcome.QuotaExhausted;
import io.alphakeep.fetch.FetchOutcome.SymbolRefused;
import io.alphakeep.fetch.FetchOutcome.Throttled;
import io.alphakeep.fetch.FetchOutcome.Unknown;
import java.time.Duration;
import java.util.Locale;

/**
 * What the API's own words mean: the ordered rules of ALPHA VANTAGE section 3, first hit wins. Never a match on a bare
 * "premium" or "api key": nearly every quota text holds both.
 */
final class NoticeRules {

    static final Duration BURST_PAUSE = Duration.ofSeconds(2);
    static final Duration MINUTE_PAUSE = Duration.ofSeconds(60);

    private NoticeRules() {}

    /** Whether a text beside rows says that the rows are made up. */
    static boolean saysArtificial(String text) {
        return has(text.toLowerCase(Locale.ROOT), "artificial", "sample data schema", "this is a premium endpoint");
    }

    /** Rules 3 to 5. */
    static FetchOutcome errorMessage(String text, Redaction redaction) {
        String lower = text.toLowerCase(Locale.ROOT);
        String shown = redaction.clean(text);
        if (lower.contains("apikey") && lower.contains("invalid or missing")) {
            return new KeyRefused(shown);
        }
        if (lower.contains("function") && lower.contains("does not exist")) {
            return new FunctionRefused(shown);
        }
        return new SymbolRefused(shown);
    }

    /** Rules 6 to 14. */
    static FetchOutcome notice(String text, Redaction redaction) {
        String lower = text.toLowerCase(Locale.ROOT);
        String shown = redaction.clean(text);
        if (has(lower, "demo** api key", "demo purposes")) {
            return new KeyRefused(shown);
        }
        if (lower.contains("no articles found")) {
            return new Empty(shown);
        }
        if (lower.contains("invalid inputs")) {
            return new SymbolRefused(shown);
        }
        if (has(lower, "this is a premium endpoint", "is a premium feature", "entitled")) {
            return new NotEntitled(shown, lower.contains("outputsize=full"));
        }
        if (lower.contains("merged with")) {
            return new FunctionRefused(shown);
        }
        if (has(lower, "per second", "burst pattern", "spreading out")) {
            return new Throttled(shown, BURST_PAUSE);
        }
        if (has(lower, "minute-level", "calls per minute", "call frequency", "call volume")) {
            return new Throttled(shown, MINUTE_PAUSE);
        }
        if (has(lower, "requests per day", "requests/day", "rate limit is", "daily")) {
            return new QuotaExhausted(shown);
        }
        return new Unknown(shown);
    }

    private static boolean has(String lower, String... parts) {
        for (String part : parts) {
            if (lower.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
