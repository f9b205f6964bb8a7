package io.alphakeep.local;

import io.alphakeep.market.Interval;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TIME_SERIES_INTRADAY. Bars carry the time of their start in New York, whose clocks change and whose sessions do not.
 */
final class IntradayTable {

    private static final YearMonth FIRST_MONTH = YearMonth.of(2000, 1);
    private static final int TRAILING_DAYS = 30;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private IntradayTable() {}

    /** @return none when the month is not one, lies before the listing or has no session yet */
    static Optional<Table> of(Query query, History history, Interval interval, LocalDate newest) {
        LocalDate first = newest.minusDays(TRAILING_DAYS - 1L);
        LocalDate last = newest;
        if (!query.get("month").isEmpty()) {
            Optional<YearMonth> month = month(query.get("month"));
            if (month.isEmpty() || month.get().isBefore(FIRST_MONTH)) {
                return Optional.empty();
            }
            first = month.get().atDay(1);
            last = month.get().atEndOfMonth().isBefore(newest) ? month.get().atEndOfMonth() : newest;
        }
        List<Row> rows = new ArrayList<>();
        int atMost = query.isFull() ? Integer.MAX_VALUE : DailyTable.COMPACT_ROWS;
        int oldest = history.indexOf(first);
        for (int i = history.indexOf(last.plusDays(1)) - 1; i >= oldest && rows.size() < atMost; i--) {
            session(query, history, i, (int) interval.duration().toMinutes(), rows);
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<Row> answered = rows.subList(0, Math.min(atMost, rows.size()));
        return Optional.of(new Table(
                meta(query, interval, answered.get(0).stamp()),
                "Time Series (" + interval.text() + ")",
                DailyTable.PLAIN_KEYS,
                DailyTable.PLAIN_COLUMNS,
                answered));
    }

    private static Map<String, String> meta(Query query, Interval interval, String newest) {
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put("1. Information", "Intraday (" + interval.text() + ") open, high, low, close prices and volume");
        meta.put("2. Symbol", query.symbol());
        meta.put("3. Last Refreshed", newest);
        meta.put("4. Interval", interval.text());
        meta.put("5. Output Size", query.isFull() ? "Full size" : "Compact");
        meta.put("6. Time Zone", "US/Eastern");
        return meta;
    }

    private static Optional<YearMonth> month(String text) {
        try {
            return Optional.of(YearMonth.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static void session(Query query, History history, int i, int width, List<Row> rows) {
        DayBar day = history.bars().get(i);
        double before = i == 0
                ? history.listing().startPrice()
                : Money.amount(history.bars().get(i - 1).close()) / day.split();
        MinutePath path = new MinutePath(history.listing(), day, before);
        boolean extended = !query.get("extended_hours").equals("false");
        int from = extended ? 0 : MinutePath.OPENING;
        int to = extended ? path.minutes() : path.closing();
        double factor = query.get("adjusted").equals("false") ? 1 : history.factor(i);
        // Bars begin at multiples of their width: of the hours, the first regular one begins before the opening.
        for (int start = (to - 1) / width * width; start > from - width; start -= width) {
            List<String> values = bar(path, Math.max(start, from), Math.min(start + width, to), factor);
            if (!values.isEmpty()) {
                rows.add(new Row(STAMP.format(day.date().atTime(MinutePath.START.plusMinutes(start))), values));
            }
        }
    }

    /** The bar of some minutes; empty when none of them saw a trade. */
    private static List<String> bar(MinutePath path, int from, int to, double factor) {
        int first = from;
        while (first < to && path.volume(first) == 0) {
            first++;
        }
        if (first == to) {
            return List.of();
        }
        long high = 0;
        long low = Long.MAX_VALUE;
        long close = 0;
        long volume = 0;
        for (int minute = first; minute < to; minute++) {
            if (path.volume(minute) > 0) {
                close = path.price(minute + 1);
                high = Math.max(high, Math.max(path.price(minute), close));
                low = Math.min(low, Math.min(path.price(minute), close));
                volume += path.volume(minute);
            }
        }
        return List.of(
                price(path.price(first), factor),
                price(high, factor),
                price(low, factor),
                price(close, factor),
                Long.toString(volume));
    }

    private static String price(long price, double factor) {
        return Money.fixed(factor == 1 ? price : StrictMath.round(price * factor));
    }
}
