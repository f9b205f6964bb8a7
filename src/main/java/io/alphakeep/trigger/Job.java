package io.alphakeep.trigger;

import io.alphakeep.config.Failure;
import io.alphakeep.config.Schedule;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.run.Turn;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Something that is done by schedule. Whenever it looks at the clock, the last time of the schedule is owed unless it was
 * begun, here or elsewhere: so a time that was missed, because no process was up or the work before it took too long, is made
 * up for once, however many were missed.
 */
final class Job {

    private static final Logger LOG = Logger.getLogger(Job.class);

    private final String name;
    private final Optional<Schedule> schedule;
    private final Clock clock;
    private final BooleanSupplier open;
    private final BiFunction<Instant, Runnable, Turn> begin;
    private Instant handled = Instant.MIN;
    private boolean busy;
    private String complaint = "";

    /**
     * @param schedule empty = never
     * @param open     whether anything may begin
     * @param begin    begins the work of one time; calls back when it is over
     */
    Job(
            String name,
            Optional<Schedule> schedule,
            Clock clock,
            BooleanSupplier open,
            BiFunction<Instant, Runnable, Turn> begin) {
        this.name = name;
        this.schedule = schedule;
        this.clock = clock;
        this.open = open;
        this.begin = begin;
    }

    /** The time of the schedule that something is to be begun for. */
    static Optional<Instant> owed(Schedule schedule, Instant handled, Instant now) {
        return schedule.last(now).filter(tick -> tick.isAfter(handled));
    }

    /** Begins what is owed. */
    synchronized void look() {
        if (busy || schedule.isEmpty() || !open.getAsBoolean()) {
            return;
        }
        Optional<Instant> owed = owed(schedule.get(), handled, clock.instant());
        if (owed.isEmpty()) {
            return;
        }
        // Before it begins: it may be over before this returns.
        busy = true;
        Turn turn = Turn.LATER;
        try {
            turn = begin(owed.get());
        } finally {
            // Also after an error: what is not under way must not keep all that follows from beginning.
            busy = busy && turn == Turn.BEGUN;
        }
        if (turn == Turn.PASSED) {
            LOG.infof(
                    "%s of %s: another process has begun it, or this one before it was restarted; nothing to do",
                    name, owed.get());
        }
        if (turn != Turn.LATER) {
            handled = owed.get();
        }
    }

    private Turn begin(Instant tick) {
        try {
            return begin.apply(tick, this::over);
        } catch (DatabaseException e) {
            complain("the database refuses, or is not available: " + e.getMessage() + "; it is tried again");
        } catch (Failure e) {
            complain(e.line() + "; it is tried again");
        } catch (RuntimeException e) {
            // Whatever it is: a schedule that ended without a word would be missed only when the data is.
            complain("unexpected: " + e + "; it is tried again");
        }
        return Turn.LATER;
    }

    private void over() {
        synchronized (this) {
            busy = false;
            complaint = "";
        }
        look();
    }

    private void complain(String text) {
        if (!text.equals(complaint)) {
            LOG.warnf("%s by schedule: %s", name, text);
        }
        complaint = text;
    }
}
