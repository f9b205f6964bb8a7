package io.alphakeep.plan;

import io.alphakeep.catalog.Rhythm;
import io.alphakeep.market.Holes;
import io.alphakeep.market.Watermark;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a request is worth beside others: the lateness it ends × the weight of what it is likely to bring × what its
 * priority counts ÷ the requests it costs.
 *
 * <p>Lateness grows with the square of the wait: of three missed sessions the first is three late, the second two, the
 * third one, which makes six. That is what keeps every series from starving: whatever is not asked wins in the end, a
 * hundred times less valued one after ten times the wait. Priority 4 counts five times as much as 0, -4 a fifth.
 *
 * <p>The weight grows with the logarithm of the rows. With the rows themselves a hundred minute series would push every
 * daily one aside; so a day of 5-minute bars is worth four daily bars. Missed publications count from the last answer,
 * not from the newest bar: a delisted ticker falls behind for ever and has nothing to give.
 */
final class Worth {

    /**
     * A series that was never asked counts as one that has waited a month, or for as long as it is on the list: before
     * ordinary updates, but an import of thousands does not keep what is there from ever being updated.
     */
    static final int NEVER = 20;

    /** Rows that change with a dividend: twenty years of sessions. */
    private static final int HISTORY_ROWS = 5_000;

    /** A statement comes once a quarter; asked every seven days, one answer in thirteen holds one. */
    private static final double STATEMENTS_PER_ANSWER = 1.0 / 13;

    private static final int SESSIONS_PER_MONTH = 21;

    /** Old bars beside new ones: a month of 5-minute bars counts nearly as much as a daily bar. */
    private static final double HISTORY = 1.0 / 8;

    /** An answer after a failure is a quarter as likely. */
    private static final double AFTER_FAILURE = 1.0 / 4;

    private Worth() {}

    static double ofCurrent(Situation s) {
        return lateness(s) * weight(s.refreshDue() ? HISTORY_ROWS : rowsPerPeriod(s)) * perRequest(s);
    }

    /**
     * A month of a backfill. The first one of a series has waited since its last; the later ones would come right behind
     * it and are worth less and less, so that several series get on side by side.
     *
     * @param position in the order of the months that are left, from 0
     */
    static double ofMonth(Situation s, int position) {
        Holes holes = s.watermark().holes();
        double waited = position == 0 ? triangle(waited(s, holes.backfillAt())) : 1;
        return waited * weight(rowsPerPeriod(s) * SESSIONS_PER_MONTH) * HISTORY / (1 + position) * perRequest(s);
    }

    /** The month of a gap. */
    static double ofGap(Situation s, int sessions) {
        Holes holes = s.watermark().holes();
        return triangle(waited(s, holes.askedAt())) * weight(rowsPerPeriod(s) * sessions) * HISTORY * perRequest(s);
    }

    /** Priority 0 counts once, 4 five times, -4 a fifth. */
    static double factor(int priority) {
        return priority >= 0 ? 1 + priority : 1.0 / (1 - priority);
    }

    private static double perRequest(Situation s) {
        return factor(s.entry().priority()) / s.function().costRequests();
    }

    private static double lateness(Situation s) {
        Watermark mark = s.watermark();
        double sinceAnswer = latenessSinceAnswer(s);
        if (mark.failuresInARow() <= 0 || mark.lastAttemptAt() == null) {
            return sinceAnswer;
        }
        // It is soon tried again, and after a few failures waits like those that were answered when it failed: a series
        // that always fails takes no more of the allowance than one that answers.
        double sinceAttempt = lateness(missedSince(s, mark.lastAttemptAt()), sessionsSince(s, mark.lastAttemptAt()));
        return Math.max(sinceAnswer * Math.pow(AFTER_FAILURE, mark.failuresInARow()), sinceAttempt);
    }

    private static double latenessSinceAnswer(Situation s) {
        Instant answered = s.watermark().lastAnswerAt();
        if (answered != null) {
            boolean ownPace = s.refreshDue() || s.entry().every().isPresent();
            // What is owed or has its own pace is worth something between two publications, too.
            long missed = Math.max(missedSince(s, answered), ownPace ? 1 : 0);
            return lateness(missed, sessionsSince(s, s.refreshDue() ? answered : Due.dueAt(s)));
        }
        if (s.hasBars()) {
            Instant published = Timetable.publication(s.lastDate().plusDays(1));
            long behind = Timetable.periods(s.function().rhythm(), s.lastDate(), s.lastPublished());
            return lateness(Math.max(1, behind), sessionsSince(s, published));
        }
        return triangle(Math.max(
                NEVER, s.entry().addedAt().map(at -> sessionsSince(s, at)).orElse(0L)));
    }

    /** @param missed publications, of which the first is {@code sessions} late, and the last new */
    private static double lateness(long missed, long sessions) {
        return missed * (Math.max(1, sessions) + 1) / 2.0;
    }

    private static double triangle(long sessions) {
        return sessions * (sessions + 1) / 2.0;
    }

    /** Sessions since history was last asked for, since the last failure after it, or since it is wanted; at least 1. */
    private static long waited(Situation s, Instant last) {
        Watermark mark = s.watermark();
        Instant failed = mark.failuresInARow() > 0 ? mark.lastAttemptAt() : null;
        return Stream.of(last, failed)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .or(s.entry()::addedAt)
                .map(at -> Math.max(1, sessionsSince(s, at)))
                .orElse(1L);
    }

    private static long missedSince(Situation s, Instant moment) {
        Rhythm rhythm = s.function().rhythm();
        return Timetable.periods(rhythm, Timetable.lastPublished(rhythm, moment), s.lastPublished());
    }

    private static long sessionsSince(Situation s, Instant moment) {
        return Timetable.sessionsSince(moment, s.now());
    }

    private static double rowsPerPeriod(Situation s) {
        if (s.function().rhythm() == Rhythm.SEVEN_DAYS) {
            return STATEMENTS_PER_ANSWER;
        }
        return s.series()
                .interval()
                .map(interval -> (double) Compact.rowsPerSession(interval.duration()))
                .orElse(1.0);
    }

    /** 1 for nothing, 2 for a row, 1 more each time the rows double. */
    private static double weight(double rows) {
        return 1 + Math.log1p(rows) / Math.log(2);
    }
}
