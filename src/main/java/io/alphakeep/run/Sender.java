package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Permit;
import io.alphakeep.budget.Permits;
import io.alphakeep.budget.Reservation;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.fetch.Answer;
import io.alphakeep.fetch.Api;
import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.market.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Sends requests within the key's allowance: each on a permit that is fresh when the request leaves, by the process's own
 * clock. One that grew too old on the way there (a pause of the process, a slow database) is given back, and another one
 * reserved. Closed when the workers have ended.
 */
final class Sender implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Sender.class);

    /** An answer, and when its request was permitted, by the database's clock. */
    record Sent(Answer answer, Instant at) {}

    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    /** So far at most the provider's clock is taken to be behind the database's. */
    private static final Duration DAY_YOUNG = Duration.ofMinutes(1);

    /** So many permits in a row that came too late are not an accident: it would go on like that. */
    private static final int LATE_LIMIT = 20;

    private final Api api;
    private final Budget budget;
    private final Permits permits;
    private final ApiAccess access;
    private final RunControl control;
    private final Tally tally;
    private final RunListener listener;

    Sender(Api api, Budget budget, ApiAccess access, RunControl control, Tally tally, RunListener listener) {
        this.api = api;
        this.budget = budget;
        this.permits = new Permits(budget, access.fingerprint(), access.limits());
        this.access = access;
        this.control = control;
        this.tally = tally;
        this.listener = listener;
    }

    /**
     * Waits for the allowance, then for the answer.
     *
     * @return null when the run ended before the request went out
     */
    Sent send(Series series, Map<String, String> parameters, boolean csv) throws InterruptedException {
        for (int i = 0; i < LATE_LIMIT; i++) {
            Permit permit = permit();
            if (permit == null) {
                return null;
            }
            AtomicBoolean slowWay = new AtomicBoolean();
            try {
                Optional<Answer> answer = api.ask(parameters, csv, newConnection -> {
                    slowWay.set(newConnection);
                    return mayLeave(permit, series);
                });
                if (answer.isPresent()) {
                    if (answer.get().outcome() instanceof FetchOutcome.Broken broken && !broken.sent()) {
                        permit.neverSent();
                        tally.neverSent(series);
                    } else if (slowWay.get() && !permit.arrivedInTime()) {
                        arrived(permit);
                    }
                    return new Sent(answer.get(), permit.at());
                }
            } finally {
                permits.release(permit);
            }
        }
        control.end(new RunControl.End.Fatal(Failure.Kind.UNAVAILABLE, Endings.permitsTooLate(LATE_LIMIT)));
        return null;
    }

    /** The answer is there and paid for: a window that can't be mended now is the lesser harm. */
    private void arrived(Permit permit) {
        try {
            budget.arrived(access.fingerprint(), access.limits(), permit.at());
        } catch (DatabaseException e) {
            LOG.debugf(e, "a slow request was not counted again");
        }
    }

    /** The API complains: everybody who uses the key waits. */
    void pause(Duration duration) {
        budget.pause(access.fingerprint(), access.limits(), duration);
    }

    /**
     * The API says that the day is spent.
     *
     * @param sentAt when the request was permitted that it says so of
     */
    void closeDay(Instant sentAt) {
        budget.closeDay(access.fingerprint(), access.limits(), sentAt);
    }

    /** How long a day that has only just begun is not yet taken for spent: the provider may still count the one before. */
    Optional<Duration> tillDayIsSure(Instant sentAt) {
        Duration age = Duration.between(access.limits().day().begunAt(sentAt), sentAt);
        return age.compareTo(DAY_YOUNG) < 0 ? Optional.of(DAY_YOUNG.minus(age)) : Optional.empty();
    }

    private boolean mayLeave(Permit permit, Series series) {
        if (control.reason().isPresent() || !permit.use()) {
            return false;
        }
        tally.sent(series);
        return true;
    }

    /** Null when the run ended meanwhile. */
    private Permit permit() throws InterruptedException {
        while (!control.ended()) {
            Permits.Turn turn = permits.acquire();
            if (turn.permit() != null) {
                return turn.permit();
            }
            if (turn.refused() instanceof Reservation.DaySpent spent) {
                control.end(new RunControl.End.Allowance("the day's allowance is spent until " + spent.until()));
                return null;
            }
            Reservation.Wait wait = (Reservation.Wait) turn.refused();
            listener.waiting(words(wait.reason()));
            sleep(wait.in());
        }
        return null;
    }

    /**
     * In naps, so that a deadline or another worker's end of the run is seen, and to the end: who asked again earlier would be
     * told another instant, and of the spread that keeps the askers apart only the last nap's would be left.
     */
    private void sleep(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0 && !control.ended(); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, LONGEST_NAP.toNanos()));
        }
    }

    private static String words(Reservation.Reason reason) {
        return switch (reason) {
            case SECOND -> "the allowance of this second";
            case MINUTE -> "the allowance of this minute";
            case PAUSE -> "the API asked to slow down";
        };
    }

    @Override
    public void close() {
        permits.close();
    }
}
