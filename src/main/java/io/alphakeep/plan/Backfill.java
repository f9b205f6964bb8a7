package io.alphakeep.plan;

import io.alphakeep.catalog.Rhythm;
import io.alphakeep.market.Watermark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The months of an intraday series that are still to be asked, ascending: from the oldest date wanted to the last month
 * that is over. The running month belongs to current data; once it is over it is asked here as well, once and whole,
 * which closes what an outage of more than 30 days or a day of missing bars left open.
 *
 * <p>Resumed by the watermark: a wanted date inside of what was asked goes on behind it; one before it, or one that
 * leaves a hole behind it, starts there again. {@code --refresh} asks the months again that were asked and forgets
 * none of them.
 */
final class Backfill {

    /** {@code month=} is answered from here on (parameter list of TIME_SERIES_INTRADAY). */
    static final YearMonth OLDEST = YearMonth.of(2000, 1);

    private Backfill() {}

    static List<PlannedRequest> months(Situation s) {
        if (!s.function().intraday() || s.from().isEmpty()) {
            return List.of();
        }
        YearMonth wanted = YearMonth.from(s.from().get());
        YearMonth from = wanted.isBefore(OLDEST) ? OLDEST : wanted;
        YearMonth last = lastOver(s.now());
        Optional<MonthSpan> resumed = asked(s.watermark()).filter(span -> span.reaches(from));
        YearMonth start = s.options().refresh()
                ? from
                : resumed.map(span -> span.through().plusMonths(1)).orElse(from);
        List<PlannedRequest> months = new ArrayList<>();
        MonthSpan span = resumed.orElse(new MonthSpan(from, from));
        for (YearMonth month = start; !month.isAfter(last); month = month.plusMonths(1)) {
            span = span.with(month);
            months.add(request(s, month, span, months.size()));
        }
        return months;
    }

    /** The last month all of whose sessions are published. */
    private static YearMonth lastOver(Instant now) {
        return YearMonth.from(Timetable.lastPublished(Rhythm.MONTH, now));
    }

    private static Optional<MonthSpan> asked(Watermark mark) {
        LocalDate from = mark.backfillFrom();
        LocalDate through = mark.backfillThrough();
        return from == null || through == null
                ? Optional.empty()
                : Optional.of(new MonthSpan(YearMonth.from(from), YearMonth.from(through)));
    }

    private static PlannedRequest request(Situation s, YearMonth month, MonthSpan span, int position) {
        String reason = "month " + month + " of the backfill from " + span.from()
                + (s.options().refresh() ? ", asked by --refresh" : "");
        return new PlannedRequest(
                s.series(),
                s.function(),
                Size.FULL,
                Optional.of(month),
                Optional.of(span),
                s.entry().priority(),
                Worth.ofMonth(s, position),
                reason);
    }
}
