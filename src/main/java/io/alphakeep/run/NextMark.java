package io.alphakeep.run;

import io.alphakeep.ledger.Answered;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import io.alphakeep.market.Holes;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.MonthSpan;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** What an answer makes of its series' watermark: how far it is kept, and what is owed. Pure. */
final class NextMark {

    private NextMark() {}

    /**
     * @param stored   the rows that were stored, ascending
     * @param homeless rows of the answer found no partition
     * @param changed  stored rows were changed by it
     */
    static Answered of(Store.Call call, Bars stored, boolean homeless, boolean changed) {
        Instant first = stored.isEmpty() ? null : stored.first();
        Instant last = stored.isEmpty() ? null : stored.last();
        Watermark seen = call.seen();
        Instant at = call.asked().at();
        if (call.request().isBackfill()) {
            // A month says nothing about current data: when that was answered, and what it owes, stays as it was.
            // With rows that found no partition it does not count as asked, or they would be missing for ever.
            Optional<MonthSpan> months = call.request().backfilled().filter(span -> !homeless);
            return new Answered(
                    first,
                    last,
                    at,
                    null,
                    seen.refreshOwed(),
                    seen.fullRefused(),
                    months.map(span -> span.from().atDay(1)).orElse(seen.backfillFrom()),
                    months.map(span -> span.through().atDay(1)).orElse(seen.backfillThrough()),
                    monthHoles(call, homeless));
        }
        boolean stale = call.compact() && (seen.refreshOwed() || rewritesHistory(call, stored, changed));
        return new Answered(
                first,
                last,
                at,
                // Rows that found no partition leave the series due, also where no full answer can be had.
                homeless ? null : at,
                // What is refused in full can never be refreshed; owing it would ask for ever.
                homeless || (stale && !call.fullRefused()),
                call.fullRefused(),
                seen.backfillFrom(),
                seen.backfillThrough(),
                homeless ? seen.holes() : holes(call, stored));
    }

    /** An answer with all there is settles what it does not hold; the newest rows a gap that they reach back to. */
    private static Holes holes(Store.Call call, Bars stored) {
        Holes seen = call.seen().holes();
        boolean daily = call.request().function().outputSizes()
                && !call.request().function().intraday();
        if (!daily || stored.isEmpty()) {
            return seen;
        }
        LocalDate first = date(stored.first());
        boolean reached = !call.compact()
                || seen.gap().filter(gap -> !first.isAfter(gap.from())).isPresent();
        return reached ? seen.settled(date(stored.last()), call.asked().at()) : seen;
    }

    /** A month settles the gap that it was asked for; with rows that found no partition it is asked again. */
    private static Holes monthHoles(Store.Call call, boolean homeless) {
        Holes seen = call.seen().holes();
        if (homeless) {
            return seen;
        }
        return call.request().backfilled().isPresent()
                ? seen.backfilled(call.asked().at())
                : seen.gap()
                        .map(gap -> seen.settled(gap.through(), call.asked().at()))
                        .orElse(seen);
    }

    private static LocalDate date(Instant timestamp) {
        return LocalDate.ofInstant(timestamp, ZoneOffset.UTC);
    }

    /**
     * A dividend or split that is new to us: the adjusted history before it was rewritten (ALPHA VANTAGE quirk 1). They can
     * come late, on a bar that is stored already; then rows changed, and one full answer too many does no harm.
     */
    private static boolean rewritesHistory(Store.Call call, Bars stored, boolean changed) {
        Instant newest = call.seen().lastTimestamp();
        if (newest == null) {
            return false;
        }
        for (int i = 0; i < stored.size(); i++) {
            boolean fresh = changed || stored.timestamp(i).isAfter(newest);
            if (fresh
                    && (isNot(stored.value(Figure.DIVIDEND_AMOUNT, i), BigDecimal.ZERO)
                            || isNot(stored.value(Figure.SPLIT_COEFFICIENT, i), BigDecimal.ONE))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNot(BigDecimal value, BigDecimal usual) {
        return value != null && value.compareTo(usual) != 0;
    }
}
