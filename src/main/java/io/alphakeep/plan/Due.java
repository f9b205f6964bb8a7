package io.alphakeep.plan;

import io.alphakeep.market.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the current data of a series is due. An answer since the publication means that it is up to date, even an
 * empty one: a delisted ticker is asked once a session, not once a run.
 */
sealed interface Due {

    /** It is; why, in words. */
    record Now(String reason) implements Due {}

    /** It is not, before {@code at}. */
    record Later(Instant at) implements Due {}

    /** So that adding it to an instant cannot run over. */
    Duration LONGEST_EVERY = Duration.ofDays(36_500);

    static Due of(Situation s) {
        Watermark mark = s.watermark();
        if (s.options().refresh()) {
            return new Now("asked by --refresh");
        }
        if (mark.lastAnswerAt() == null) {
            return new Now(s.hasBars() ? behind(s) : mark.lastAttemptAt() == null ? "never asked" : "never answered");
        }
        if (s.refreshDue()) {
            return new Now("refresh owed after a dividend, a split or rows that could not be stored");
        }
        Instant at = dueAt(s);
        if (at.isAfter(s.now())) {
            return new Later(at);
        }
        Optional<Duration> every = s.entry().every();
        if (every.isPresent()) {
            return new Now("asked every " + Words.duration(every.get()) + ", " + lastAnswer(mark));
        }
        if (s.hasBars()) {
            return new Now(behind(s));
        }
        return new Now((s.function().isMarketData() ? "no bars yet, " : "") + lastAnswer(mark));
    }

    /** When the next data of a series that was answered is due, by its own pace or the function's rhythm. */
    static Instant dueAt(Situation s) {
        Instant answered = s.watermark().lastAnswerAt();
        return s.entry()
                .every()
                .map(every -> answered.plus(every.compareTo(LONGEST_EVERY) < 0 ? every : LONGEST_EVERY))
                .orElseGet(() -> Timetable.next(s.function().rhythm(), answered));
    }

    private static String behind(Situation s) {
        long periods = Timetable.periods(s.function().rhythm(), s.lastDate(), s.lastPublished());
        // The newest bar is of the period that has just ended: it was stored while that was still running.
        return periods == 0
                ? "last bar " + s.lastDate() + " was not final"
                : Words.periods(s.function().rhythm(), periods) + " behind, last bar " + s.lastDate();
    }

    private static String lastAnswer(Watermark mark) {
        return "last answer " + Words.instant(mark.lastAnswerAt());
    }
}
