package io.alphakeep.run;

import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Guard;
import io.alphakeep.maintain.MaintenanceLine;
import io.alphakeep.maintain.Part;
import io.alphakeep.maintain.Step;
import io.alphakeep.maintain.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One pass of maintenance: the parts in their order, each planned anew after every step, and no step tried twice. A step that
 * would make somebody wait is postponed, one that goes wrong does not keep the others from being done.
 */
final class Maintenance {

    private static final Logger LOG = Logger.getLogger(Maintenance.class);

    private static final String DISK_FULL = "53100";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    /**
     * What a pass goes by.
     *
     * @param deadline    no step begins after it
     * @param stepTimeout the longest one statement may take; for the words alone, the server keeps it
     * @param owner       the role that owns the tables
     */
    record Bounds(Optional<Instant> deadline, Duration stepTimeout, String owner) {}

    private final List<Part<?>> parts;
    private final Consumer<MaintenanceLine> log;
    private final Bounds bounds;
    private final Brake brake;
    private final Guard.Held guard;
    private final Clock clock;
    private final List<MaintainReport.Line> lines = new ArrayList<>();
    /** Why the pass ends before it is through; the first reason stands. */
    private MaintenanceEnd end;
    /** What the part at work lacks, its other steps would lack too. */
    private boolean partIsOver;

    /** @param log writes a step's line; throws {@link DatabaseException} when it cannot */
    Maintenance(
            List<Part<?>> parts,
            Consumer<MaintenanceLine> log,
            Bounds bounds,
            Brake brake,
            Guard.Held guard,
            Clock clock) {
        this.parts = parts;
        this.log = log;
        this.bounds = bounds;
        this.brake = brake;
        this.guard = guard;
        this.clock = clock;
    }

    MaintainReport execute() {
        Instant startedAt = now();
        for (Part<?> part : parts) {
            carryOut(part);
        }
        return MaintenanceEnd.report(end, lines, startedAt, now());
    }

    private <S extends Step> void carryOut(Part<S> part) {
        Set<String> tried = new HashSet<>();
        partIsOver = false;
        while (!isOver() && !partIsOver) {
            Optional<S> next = next(part, tried);
            if (next.isEmpty() || isLate(part)) {
                return;
            }
            S step = next.get();
            tried.add(step.action() + " " + step.target());
            Instant startedAt = now();
            StepResult result = run(part, step);
            note(part.name(), new MaintenanceLine(step.action(), step.target(), startedAt, now(), result));
        }
    }

    private boolean isOver() {
        if (end == null && brake.isStopped()) {
            end = MaintenanceEnd.stopped();
        }
        if (end == null && !guard.lives()) {
            end = MaintenanceEnd.fatal(
                    Failure.Kind.UNAVAILABLE, "the connection that kept other maintenance away was lost");
        }
        return end != null;
    }

    private boolean isLate(Part<?> part) {
        boolean late =
                bounds.deadline().filter(at -> !clock.instant().isBefore(at)).isPresent();
        if (late) {
            end = MaintenanceEnd.late(part.name());
        }
        return late;
    }

    private <S extends Step> Optional<S> next(Part<S> part, Set<String> tried) {
        Instant startedAt = now();
        try {
            return part.plan().stream()
                    .filter(step -> !tried.contains(step.action() + " " + step.target()))
                    .findFirst();
        } catch (DatabaseException e) {
            // What is due could not be told; the other parts may still do theirs.
            note(part.name(), new MaintenanceLine("plan", part.name(), startedAt, now(), told(e)));
            return Optional.empty();
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.errorf(e, "the plan of %s failed unexpectedly", part.name());
            StepResult failed = StepResult.failed("unexpected: " + e);
            note(part.name(), new MaintenanceLine("plan", part.name(), startedAt, now(), failed));
            return Optional.empty();
        }
    }

    private <S extends Step> StepResult run(Part<S> part, S step) {
        try {
            return part.run(step);
        } catch (DatabaseException e) {
            return told(e);
        } catch (CancellationException e) {
            return StepResult.postponed("stopped");
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s %s failed unexpectedly", step.action(), step.target());
            return StepResult.failed("unexpected: " + e);
        }
    }

    /** What the database's refusal means for the step; where it means the end of the pass, that too. */
    private StepResult told(DatabaseException e) {
        if (MaintenanceEnd.CANCELLED.equals(e.state())) {
            return StepResult.postponed(
                    brake.isStopped()
                            ? "stopped by a signal"
                            : "took longer than maintain.step-timeout-seconds ("
                                    + bounds.stepTimeout().toSeconds() + ")");
        }
        if (e.kind() == SqlState.CONTENTION) {
            return StepResult.postponed(e.getMessage());
        }
        if (e.kind() == SqlState.ACCESS) {
            return StepResult.failed(
                    e.getMessage() + "; run maintain as the owner of the tables (role " + bounds.owner() + ")");
        }
        if (isOutOfRoom(e)) {
            partIsOver = true;
            return StepResult.failed(e.getMessage() + "; " + room(e) + " (SQLSTATE " + e.state() + ")");
        }
        // What is missing may be one partition that somebody dropped; the other steps find theirs.
        if (e.kind() == SqlState.UNAVAILABLE) {
            giveUp(e);
        }
        return StepResult.failed(e.getMessage() + (e.state().isEmpty() ? "" : " (SQLSTATE " + e.state() + ")"));
    }

    /** Class 53, insufficient resources, but for too many connections: the server answers all the same. */
    private static boolean isOutOfRoom(DatabaseException e) {
        return e.state().startsWith("53") && !e.state().equals(TOO_MANY_CONNECTIONS);
    }

    private static String room(DatabaseException e) {
        return e.state().equals(DISK_FULL)
                ? "the disk of the server is full; copying a year takes about its size, and building an index takes the index's"
                : "the server is out of memory or of another resource";
    }

    private void giveUp(DatabaseException e) {
        if (end != null) {
            return;
        }
        if (e.kind() == SqlState.UNAVAILABLE) {
            end = MaintenanceEnd.fatal(Failure.Kind.UNAVAILABLE, "the database is not available: " + e.getMessage());
        } else if (e.kind() == SqlState.SCHEMA) {
            end = MaintenanceEnd.fatal(
                    Failure.Kind.CONFIGURATION, "the database lacks something of alphakeep's: " + e.getMessage());
        }
    }

    private void note(String part, MaintenanceLine line) {
        StepResult result = line.result();
        lines.add(new MaintainReport.Line(
                part,
                line.action(),
                line.target(),
                result.outcome(),
                result.detail(),
                Duration.between(line.startedAt(), line.finishedAt())));
        LOG.infof(
                "%s %s: %s%s",
                line.action(),
                line.target(),
                lines.get(lines.size() - 1).word(),
                result.detail().isEmpty() ? "" : ", " + result.detail());
        if (result.outcome() == StepResult.Outcome.NOTHING) {
            return;
        }
        try {
            log.accept(line);
        } catch (DatabaseException e) {
            // The step is done as it is; without its line the pass does not go on.
            giveUp(e);
            if (end == null) {
                end = MaintenanceEnd.fatal(
                        Failure.Kind.CONFIGURATION, "alpha_maintenance could not be written: " + e.getMessage());
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
