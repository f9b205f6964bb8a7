package io.alphakeep.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides the pool's size from one look after the other. Pure: what it remembers it is given, and gives back. */
public sealed interface PoolPolicy {

    /**
     * What a policy remembers from look to look.
     *
     * @param changedAt when the size was last changed; empty = never
     * @param calm      looks in a row at which most of the pool was not used
     */
    record Memory(Optional<Instant> changedAt, int calm) {
        public static final Memory NONE = new Memory(Optional.empty(), 0);
    }

    /** @param reason empty when the size stays as it is */
    record Decision(int size, Optional<PoolReason> reason, Memory memory) {}

    Decision decide(PoolSample sample, Memory memory, Instant now);

    /** @param name {@code adaptive}, {@code plan} or {@code fixed} */
    static PoolPolicy named(String name, PoolBounds bounds) {
        return switch (name) {
            case "adaptive" -> new Adaptive(bounds);
            case "plan" -> new Plan(bounds);
            case "fixed" -> new Fixed(bounds);
            default -> throw new IllegalArgumentException("there is no pool policy " + name);
        };
    }

    /**
     * Follows the workload: up at once, by half of the size or what is wanted, whichever is more, and never to more than twice
     * the size; down by a quarter, after {@value #CALM} calm looks and {@link #COOL_DOWN}. Between the share at which it goes up
     * and the one at which it goes down nothing happens, and a step down never reaches the share that would bring it up again: of
     * three quarters of a size, two fifths of it are little more than half.
     *
     * @param bounds what is never left
     */
    record Adaptive(PoolBounds bounds) implements PoolPolicy {

        static final int CALM = 30;
        static final Duration COOL_DOWN = Duration.ofMinutes(1);
        private static final double UP_FROM = 0.8;
        private static final double DOWN_FROM = 0.4;

        @Override
        public Decision decide(PoolSample s, Memory memory, Instant now) {
            int room = bounds.clamp(s.size(), s.room());
            if (room < s.size()) {
                return changed(room, PoolReason.SERVER, now);
            }
            if (s.waiting() > 0 || s.active() >= UP_FROM * s.size()) {
                int wanted = Math.max(s.size() + s.size() / 2, s.demand() + 2);
                int size = bounds.clamp(Math.min(wanted, 2 * s.size()), s.room());
                return size > s.size()
                        ? changed(size, s.waiting() > 0 ? PoolReason.WAITING : PoolReason.BUSY, now)
                        : stays(s, memory, 0);
            }
            if (s.demand() > DOWN_FROM * s.size()) {
                return stays(s, memory, 0);
            }
            int calm = memory.calm() + 1;
            boolean cool = memory.changedAt()
                    .filter(at -> now.isBefore(at.plus(COOL_DOWN)))
                    .isEmpty();
            int size = bounds.clamp(s.size() - Math.max(1, s.size() / 4), s.room());
            return calm >= CALM && cool && size < s.size()
                    ? changed(size, PoolReason.IDLE, now)
                    : stays(s, memory, calm);
        }
    }

    /** The original plan's: a connection for four of the tickers in work, at least 5 and at most 50. */
    record Plan(PoolBounds bounds) implements PoolPolicy {
        @Override
        public Decision decide(PoolSample s, Memory memory, Instant now) {
            int size = bounds.clamp(Math.min(Math.max(s.workload() / 4, 5), 50), s.room());
            return size == s.size() ? stays(s, memory, 0) : changed(size, PoolReason.PLAN, now);
        }
    }

    /** Room for all that can be at work at once; less only where the server has not got it. */
    record Fixed(PoolBounds bounds) implements PoolPolicy {
        @Override
        public Decision decide(PoolSample s, Memory memory, Instant now) {
            int size = bounds.clamp(bounds.ceiling(), s.room());
            return size == s.size()
                    ? stays(s, memory, 0)
                    : changed(size, size < s.size() ? PoolReason.SERVER : PoolReason.BUSY, now);
        }
    }

    private static Decision changed(int size, PoolReason reason, Instant now) {
        return new Decision(size, Optional.of(reason), new Memory(Optional.of(now), 0));
    }

    private static Decision stays(PoolSample sample, Memory memory, int calm) {
        return new Decision(sample.size(), Optional.empty(), new Memory(memory.changedAt(), calm));
    }
}
