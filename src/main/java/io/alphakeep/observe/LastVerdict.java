package io.alphakeep.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What a look came to that may hang, told to whoever asks: one thread looks, and nobody waits for it. Safe for use by several
 * threads.
 */
final class LastVerdict {

    /** A probe is open to everybody; the look is not made more often than this. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** While a look takes no longer than this, what came of the one before it is told. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Verdict(String trouble, Instant at) {}

    private final Supplier<String> look;
    private final Clock clock;
    /** When the look under way began; null = there is none. */
    private final AtomicReference<Instant> begun = new AtomicReference<>();

    private volatile Verdict last = new Verdict("", Instant.MIN);

    /** @param look what is wrong; empty when nothing is */
    LastVerdict(Supplier<String> look, Clock clock) {
        this.look = look;
        this.clock = clock;
    }

    /** What is wrong; empty when nothing is, and before the first look is over. */
    String trouble() {
        Instant now = clock.instant();
        if (now.isBefore(last.at().plus(FRESH))) {
            return last.trouble();
        }
        if (!begun.compareAndSet(null, now)) {
            return meanwhile(begun.get(), now);
        }
        try {
            String trouble = look.get();
            last = new Verdict(trouble, clock.instant());
            return trouble;
        } finally {
            begun.set(null);
        }
    }

    private String meanwhile(Instant since, Instant now) {
        Duration silence = since == null ? Duration.ZERO : Duration.between(since, now);
        return silence.compareTo(PATIENCE) < 0
                ? last.trouble()
                : "the database has not answered for " + silence.toSeconds() + " s";
    }
}
