package io.alphakeep.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The allowance of each key: sliding windows of a second and a minute, and the calendar day in UTC. A refused request
 * spends nothing.
 */
final class Limits {

    private static final int KEYS_KEPT = 1_000;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final StandInOptions options;
    private final Clock clock;
    private final Map<String, Spent> keys = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Spent> eldest) {
            return size() > KEYS_KEPT;
        }
    };

    Limits(StandInOptions options) {
        this.options = options;
        this.clock = options.clock();
    }

    /** Spends a request of a key's allowance, or says why there is none. */
    synchronized Optional<Reply> spend(String key) {
        Instant now = clock.instant();
        Spent spent = keys.computeIfAbsent(key, k -> new Spent());
        spent.forget(now);
        // The day first: a client whose day is over must not be told to come back in a second.
        if (exceeds(spent.today, options.requestsPerDay())) {
            return Optional.of(Notice.day(key, options.requestsPerDay()));
        }
        if (exceeds(spent.since(now.minus(MINUTE)), options.requestsPerMinute())) {
            return Optional.of(Notice.minute());
        }
        if (exceeds(spent.since(now.minus(SECOND)), options.requestsPerSecond())) {
            return Optional.of(Notice.burst(options.requestsPerSecond()));
        }
        spent.today++;
        if (options.requestsPerMinute() > 0 || options.requestsPerSecond() > 0) {
            spent.recent.add(now);
        }
        return Optional.empty();
    }

    private static boolean exceeds(int spent, int limit) {
        return limit > 0 && spent >= limit;
    }

    private static final class Spent {
        private final Deque<Instant> recent = new ArrayDeque<>();
        private LocalDate day = LocalDate.MIN;
        private int today;

        void forget(Instant now) {
            LocalDate date = LocalDate.ofInstant(now, ZoneOffset.UTC);
            if (!date.equals(day)) {
                day = date;
                today = 0;
            }
            Instant oldest = now.minus(MINUTE);
            while (!recent.isEmpty() && !recent.peekFirst().isAfter(oldest)) {
                recent.removeFirst();
            }
        }

        /** Requests after an instant, at most a minute ago; looked up from the newest end. */
        int since(Instant instant) {
            int count = 0;
            for (var times = recent.descendingIterator();
                    times.hasNext() && times.next().isAfter(instant); ) {
                count++;
            }
            return count;
        }
    }
}
