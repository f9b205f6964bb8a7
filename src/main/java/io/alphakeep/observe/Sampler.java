package io.alphakeep.observe;

import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Looks at the database for the gauges, apart from scrapes: however many scrape, it is asked the same. Each look by itself: one
 * that fails or takes long does not keep the others back. What it found before stays, with the time at which that was.
 */
final class Sampler {

    private static final Logger LOG = Logger.getLogger(Sampler.class);

    /** A look rests for this many times of what it took, so that in a large warehouse it stays one per cent of a session. */
    private static final int REST = 100;

    /** But no longer than this: a server that hung for a moment made the look long, not the warehouse. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    /** The server ended the statement at its limit: the look is long by itself. Any other failure is tried again at the next turn. */
    private static final String TIMED_OUT = "57014";

    private final Meters meters;
    private final Clock clock;
    private final Duration interval;
    private final List<Turn> turns = new ArrayList<>();
    private final Map<String, Instant> good = new TreeMap<>();

    /** A look, and when it is next due. */
    private static final class Turn {
        private final Look look;
        private Instant next;
        private String trouble = "";

        private Turn(Look look, Instant next) {
            this.look = look;
            this.next = next;
        }
    }

    private volatile boolean ended;

    Sampler(Meters meters, Clock clock, Duration interval, List<Look> looks) {
        this.meters = meters;
        this.clock = clock;
        this.interval = interval;
        Instant first = clock.instant();
        looks.forEach(look -> turns.add(new Turn(look, look.every().isZero() ? first : first.plus(interval))));
    }

    /** Nothing is looked at any more: the process ends, and what a look under way still meets is no news. */
    void end() {
        ended = true;
    }

    /** Looks at all that is due now. */
    synchronized void sample() {
        for (Turn turn : turns) {
            Instant begun = clock.instant();
            if (!ended && !begun.isBefore(turn.next)) {
                Looked looked = look(turn);
                Instant over = clock.instant();
                Duration took = Duration.between(begun, over);
                meters.took(Meter.SAMPLE_DURATION_SECONDS, took, turn.look.name());
                meters.count(Meter.SAMPLES_TOTAL, 1, turn.look.name(), looked == Looked.WELL ? "ok" : "failed");
                turn.next = looked == Looked.IN_VAIN
                        ? begun.plus(interval)
                        : later(begun.plus(interval), begun.plus(turn.look.every()), over.plus(rest(took)));
                if (looked == Looked.WELL) {
                    good.put(turn.look.name(), over);
                }
            }
        }
        List<Sample> samples = new ArrayList<>();
        good.forEach((name, at) -> samples.add(Sample.of(Meter.SAMPLE_TIMESTAMP_SECONDS, seconds(at), name)));
        meters.set(List.of(Meter.SAMPLE_TIMESTAMP_SECONDS), samples);
    }

    private static Duration rest(Duration took) {
        Duration rest = took.multipliedBy(REST);
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    private static Instant later(Instant... times) {
        return Stream.of(times).max(Comparator.naturalOrder()).orElseThrow();
    }

    private enum Looked {
        WELL,
        TOO_LONG,
        IN_VAIN
    }

    private Looked look(Turn turn) {
        try {
            meters.set(turn.look.meters(), turn.look.finder().find());
            turn.trouble = "";
            return Looked.WELL;
        } catch (DatabaseException | Failure e) {
            if (!ended && !turn.trouble.equals(e.getMessage())) {
                LOG.warnf("the gauges of %s could not be read: %s", turn.look.name(), e.getMessage());
            }
            turn.trouble = String.valueOf(e.getMessage());
            return e instanceof DatabaseException d && TIMED_OUT.equals(d.state()) ? Looked.TOO_LONG : Looked.IN_VAIN;
        } catch (RuntimeException e) {
            // A mistake of ours in one look is no reason to end the schedule of the others.
            if (!ended) {
                LOG.errorf(e, "the gauges of %s failed unexpectedly", turn.look.name());
            }
            return Looked.TOO_LONG;
        }
    }

    static double seconds(Instant at) {
        return at.toEpochMilli() / 1_000.0;
    }
}
