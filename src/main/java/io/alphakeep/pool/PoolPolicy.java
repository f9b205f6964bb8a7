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
     * @param crowdedAt when it was last lowered because the server had no room; empty = never
     * @param calm      looks in a row at which most of the pool was not used
     */
    record Memory(Optional<Instant> changedAt, Optional<Instant> crowdedAt, int calm) {
        public static final Memory NONE = new Memory(Optional.empty(), Optional.empty(), 0);
    }

    /** @param reason empty when the size stays as it is */
    record Decision(int size, Optional<PoolReason> reason, Memory memory) {}

    /** How long the size stays before it goes down, and before it goes up again on a server that had no room. */
    Duration COOL_DOWN = Duration.ofMinutes(1);

    PoolBounds bounds();

    /** As {@link #decide}, where the server has room for the size that there is. */
    Decision fit(PoolSample sample, Memory memory, Instant now);

    /**
     * Gives back at once what the server has no room for, and takes more only after the cool-down: the room moves with others'
     * connections at every look, and would be followed up and down.
     */
    default Decision decide(PoolSample s, Memory memory, Instant now) {
        int room = bounds().clamp(s.size(), s.room());
        if (room < s.size()) {
            return new Decision(
                    room, Optional.of(PoolReason.SERVER), new Memory(Optional.of(now), Optional.of(now), 0));
        }
        return fit(isRecent(memory.crowdedAt(), now) ? s.withRoom(s.size()) : s, memory, now);
    }

    /**
     * What the server has for a pool: what it allows without a tenth that is kept back for people, and without what others have.
     * Of what is free it is half: another process may look at the same.
     *
     * @param limit       the most connections that the server allows roles like ours
     * @param connections that it has, ours too
     * @param held        those that are ours
     * @param size        the most that the pool may hold now
     */
    static int room(int limit, int connections, int held, int size) {
        int most = Math.max(1, limit - limit / 10 - Math.max(0, connections - held));
        return most > size ? size + (most - size) / 2 : most;
    }

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
        private static final double UP_FROM = 0.8;
        private static final double DOWN_FROM = 0.4;

        @Override
        public Decision fit(PoolSample s, Memory memory, Instant now) {
            if (s.active() >= UP_FROM * s.size()) {
                int wanted = Math.max(s.size() + s.size() / 2, s.demand() + 2);
                int size = bounds.clamp(Math.min(wanted, 2 * s.size()), s.room());
                return size > s.size()
                        ? changed(size, s.waiting() > 0 ? PoolReason.WAITING : PoolReason.BUSY, memory, now)
                        : stays(s, memory, 0);
            }
            // Who waits though there is room waits for a server that makes no connections; more room would bring none.
            if (s.waiting() > 0 || s.demand() > DOWN_FROM * s.size()) {
                return stays(s, memory, 0);
            }
            int calm = memory.calm() + 1;
            boolean cool = !isRecent(memory.changedAt(), now);
            int size = bounds.clamp(s.size() - Math.max(1, s.size() / 4), s.room());
            return calm >= CALM && cool && size < s.size()
                    ? changed(size, PoolReason.IDLE, memory, now)
                    : stays(s, memory, calm);
        }
    }

    /** The original plan's: a connection for four of the tickers in work, at least 5 and at most 50. */
    record Plan(PoolBounds bounds) implements PoolPolicy {
        @Override
        public Decision fit(PoolSample s, Memory memory, Instant now) {
            int size = bounds.clamp(Math.min(Math.max(s.workload() / 4, 5), 50), s.room());
            return size == s.size() ? stays(s, memory, 0) : changed(size, PoolReason.PLAN, memory, now);
        }
    }

    /** Room for all that can be at work at once; less only where the server has not got it. */
    record Fixed(PoolBounds bounds) implements PoolPolicy {
        @Override
        public Decision fit(PoolSample s, Memory memory, Instant now) {
            int size = bounds.clamp(bounds.ceiling(), s.room());
            return size == s.size() ? stays(s, memory, 0) : changed(size, PoolReason.ROOM, memory, now);
        }
    }

    private static boolean isRecent(Optional<Instant> at, Instant now) {
        return at.filter(then -> now.isBefore(then.plus(COOL_DOWN))).isPresent();
    }

    private static Decision changed(int size, PoolReason reason, Memory memory, Instant now) {
        return new Decision(size, Optional.of(reason), new Memory(Optional.of(now), memory.crowdedAt(), 0));
    }

    private static Decision stays(PoolSample sample, Memory memory, int calm) {
        return new Decision(sample.size(), Optional.empty(), new Memory(memory.changedAt(), memory.crowdedAt(), calm));
    }
}
