package io.alphakeep.run;

import io.alphakeep.config.Failure;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Why and whether a run ends early. The first reason stands. */
final class RunControl {

    /** Why a run ends before its plan does. */
    sealed interface End {
        /** The allowance is spent. */
        record Allowance(String text) implements End {}

        /** The time that was given is over. */
        record Timeout() implements End {}

        /** A signal came. */
        record Stop() implements End {}

        /** It makes no sense to go on. */
        record Fatal(Failure.Kind kind, Problem problem) implements End {}
    }

    private final Clock clock;
    private final Optional<Instant> deadline;
    private final AtomicReference<End> end = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile Runnable whenStopped = () -> {};

    RunControl(Clock clock, Optional<Instant> deadline) {
        this.clock = clock;
        this.deadline = deadline;
    }

    /** Whether workers should take up nothing more. */
    boolean ended() {
        if (deadline.isPresent() && !clock.instant().isBefore(deadline.get())) {
            end(new End.Timeout());
        }
        return end.get() != null;
    }

    /** Whether a signal came, whatever the run ended for. */
    boolean stopped() {
        return stopped;
    }

    /** Whether the workers were woken, by a signal or by the end of the time that was given. */
    boolean woken() {
        return stopped || end.get() instanceof End.Timeout;
    }

    /** Whether it made no sense to go on. */
    boolean isBroken() {
        return end.get() instanceof End.Fatal;
    }

    Optional<End> reason() {
        return Optional.ofNullable(end.get());
    }

    void end(End reason) {
        boolean first = end.compareAndSet(null, reason);
        if (reason instanceof End.Timeout && first) {
            whenStopped.run();
        }
        if (reason instanceof End.Stop) {
            // Also in a run that was ending anyway: its last requests may take their time, a signal does not.
            stopped = true;
            whenStopped.run();
        }
    }

    /** For a worker that was woken: only a signal counts as one, and only when nothing else ended the run. */
    void endUnlessEnded(End reason) {
        end.compareAndSet(null, reason);
    }

    /** What wakes the workers when a signal comes. */
    void whenStopped(Runnable wake) {
        whenStopped = wake;
        if (stopped) {
            wake.run();
        }
    }

    /** When the run ends at the latest. */
    Optional<Instant> deadline() {
        return deadline;
    }
}
