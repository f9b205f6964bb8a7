package io.alphakeep.ledger;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import io.alphakeep.market.Gap;
import io.alphakeep.market.Holes;
import io.alphakeep.market.Series;
import io.alphakeep.market.TradingCalendar;
import io.alphakeep.market.Watermark;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for sessions of which a daily or intraday series has no bar, by the calendar of the United States, and writes down
 * the first it finds. One look reads a bounded stretch of one series, behind what was looked at before.
 */
public final class Gaps {

    static final int COLUMNS = 8;

    /** One look reads about as many rows at most: some milliseconds of an index scan. */
    private static final int MOST_ROWS = 100_000;

    /** From 04:00 to 20:00. */
    private static final Duration SESSION = Duration.ofHours(16);

    /** What was absent at the source is asked for again after half a year. */
    private static final Duration PASS = Duration.ofDays(180);

    private static final String DATES = """
            SELECT /* alphakeep */ DISTINCT ("timestamp" AT TIME ZONE ?)::date AS date
            FROM alpha_market_data
            WHERE ticker = ? AND endpoint = ? AND "timestamp" >= ? AND "timestamp" < ?
            """;

    // Only what nobody has touched since it was read: an answer in the meantime knows better.
    private static final String UPDATE = """
            UPDATE alpha_watermark
            SET gap_checked_at = ?, gap_checked_through = ?, gap_pass_at = ?, gap_from = ?, gap_through = ?, gap_sessions = ?
            WHERE ticker = ? AND endpoint = ? AND last_attempt_at IS NOT DISTINCT FROM ?
              AND gap_checked_at IS NOT DISTINCT FROM ? AND gap_checked_through IS NOT DISTINCT FROM ?
            """;

    private final Transactions transactions;

    public Gaps(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Looks at the next stretch of a series that has bars, and writes down what it found.
     *
     * @return what is known now; unless {@code checkedAt} is set or a gap was found there is more to look at
     */
    public Holes look(Watermark mark, Instant now) {
        Series series = mark.series();
        boolean intraday = series.interval().isPresent();
        ZoneId zone = intraday ? TradingCalendar.ZONE : ZoneOffset.UTC;
        Holes seen = mark.holes();
        boolean anew = seen.passAt() == null || seen.passAt().plus(PASS).isBefore(now);
        LocalDate oldest = LocalDate.ofInstant(mark.firstTimestamp(), zone);
        LocalDate newest = LocalDate.ofInstant(mark.lastTimestamp(), zone);
        boolean fromOldest =
                anew || seen.checkedThrough() == null || seen.checkedThrough().isBefore(oldest);
        LocalDate after = fromOldest ? oldest : seen.checkedThrough();
        LocalDate end = after.plusDays(sessionsPerLook(series));
        LocalDate through = end.isBefore(newest) ? end : newest;
        List<LocalDate> missing = missing(series, zone, after, through);
        Optional<Gap> gap = gap(missing, intraday);
        boolean all = gap.isPresent() || !through.isBefore(newest);
        Holes found = new Holes(
                seen.backfillAt(),
                all ? now : null,
                gap.map(g -> g.from().minusDays(1)).orElse(through.isAfter(after) ? through : after),
                anew ? now : seen.passAt(),
                seen.askedAt(),
                gap);
        write(mark, found);
        return found;
    }

    /** The missing sessions as one gap; of intraday bars those of the first month. */
    private static Optional<Gap> gap(List<LocalDate> missing, boolean intraday) {
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        LocalDate first = missing.get(0);
        List<LocalDate> counted = intraday
                ? missing.stream()
                        .filter(date -> YearMonth.from(date).equals(YearMonth.from(first)))
                        .toList()
                : missing;
        return Optional.of(new Gap(first, counted.get(counted.size() - 1), counted.size()));
    }

    private static long sessionsPerLook(Series series) {
        return series.interval()
                .map(interval -> MOST_ROWS / SESSION.dividedBy(interval.duration()))
                .orElse((long) MOST_ROWS);
    }

    /** Sessions after one date up to another without a bar, ascending. */
    private List<LocalDate> missing(Series series, ZoneId zone, LocalDate after, LocalDate through) {
        List<LocalDate> missing = new ArrayList<>();
        if (TradingCalendar.sessionsBetween(after, through.plusDays(1)) > 0) {
            Set<LocalDate> stored = stored(series, zone, after, through);
            LocalDate day = TradingCalendar.nextSession(after);
            for (; !day.isAfter(through); day = TradingCalendar.nextSession(day)) {
                if (!stored.contains(day)) {
                    missing.add(day);
                }
            }
        }
        return missing;
    }

    private Set<LocalDate> stored(Series series, ZoneId zone, LocalDate after, LocalDate through) {
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(DATES)) {
                s.setString(1, zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
                s.setString(2, series.symbol().text());
                s.setString(3, series.endpoint());
                Instants.set(s, 4, after.plusDays(1).atStartOfDay(zone).toInstant());
                Instants.set(s, 5, through.plusDays(1).atStartOfDay(zone).toInstant());
                Set<LocalDate> dates = new HashSet<>();
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        dates.add(r.getObject("date", LocalDate.class));
                    }
                }
                return dates;
            }
        });
    }

    private void write(Watermark mark, Holes found) {
        transactions.update(UPDATE, s -> {
            Instants.set(s, 1, found.checkedAt());
            s.setObject(2, found.checkedThrough(), Types.DATE);
            Instants.set(s, 3, found.passAt());
            bind(s, 4, found.gap());
            s.setString(7, mark.series().symbol().text());
            s.setString(8, mark.series().endpoint());
            Instants.set(s, 9, mark.lastAttemptAt());
            Instants.set(s, 10, mark.holes().checkedAt());
            s.setObject(11, mark.holes().checkedThrough(), Types.DATE);
        });
    }

    /** Binds {@link #COLUMNS} parameters, in the order of the statement that an answer's watermark is written with. */
    static void bind(PreparedStatement s, int first, Holes holes) throws SQLException {
        Instants.set(s, first, holes.backfillAt());
        Instants.set(s, first + 1, holes.checkedAt());
        s.setObject(first + 2, holes.checkedThrough(), Types.DATE);
        Instants.set(s, first + 3, holes.passAt());
        Instants.set(s, first + 4, holes.askedAt());
        bind(s, first + 5, holes.gap());
    }

    private static void bind(PreparedStatement s, int first, Optional<Gap> gap) throws SQLException {
        s.setObject(first, gap.map(Gap::from).orElse(null), Types.DATE);
        s.setObject(first + 1, gap.map(Gap::through).orElse(null), Types.DATE);
        s.setObject(first + 2, gap.map(Gap::sessions).orElse(null), Types.INTEGER);
    }

    /** The columns of {@code alpha_watermark} that hold them. */
    static Holes read(ResultSet r) throws SQLException {
        LocalDate from = r.getObject("gap_from", LocalDate.class);
        return new Holes(
                Instants.get(r, "backfill_at"),
                Instants.get(r, "gap_checked_at"),
                r.getObject("gap_checked_through", LocalDate.class),
                Instants.get(r, "gap_pass_at"),
                Instants.get(r, "gap_asked_at"),
                from == null
                        ? Optional.empty()
                        : Optional.of(
                                new Gap(from, r.getObject("gap_through", LocalDate.class), r.getInt("gap_sessions"))));
    }
}
