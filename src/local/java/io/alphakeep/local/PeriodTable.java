package io.alphakeep.local;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weekly and monthly functions: always the whole history. The running week or month carries the date of its last
 * session so far, and so moves every day.
 */
final class PeriodTable {

    private static final List<String> ADJUSTED_KEYS =
            List.of("1. open", "2. high", "3. low", "4. close", "5. adjusted close", "6. volume", "7. dividend amount");
    private static final List<String> ADJUSTED_COLUMNS =
            List.of("open", "high", "low", "close", "adjusted close", "volume", "dividend amount");

    private PeriodTable() {}

    static Table of(Query query, History history) {
        boolean weekly = query.function().contains("WEEKLY");
        boolean adjusted = query.function().endsWith("_ADJUSTED");
        List<Row> rows = new ArrayList<>();
        int end = history.bars().size();
        while (end > 0) {
            LocalDate newest = history.bars().get(end - 1).date();
            int start = history.indexOf(weekly ? firstOfWeek(newest) : newest.withDayOfMonth(1));
            rows.add(new Row(newest.toString(), values(history, start, end, adjusted)));
            end = start;
        }
        String word = weekly ? "Weekly" : "Monthly";
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put(
                "1. Information",
                word + (adjusted ? " Adjusted Prices and Volumes" : " Prices (open, high, low, close) and Volumes"));
        meta.put("2. Symbol", query.symbol());
        meta.put("3. Last Refreshed", history.newest().date().toString());
        meta.put("4. Time Zone", "US/Eastern");
        return new Table(
                meta,
                word + (adjusted ? " Adjusted Time Series" : " Time Series"),
                adjusted ? ADJUSTED_KEYS : DailyTable.PLAIN_KEYS,
                adjusted ? ADJUSTED_COLUMNS : DailyTable.PLAIN_COLUMNS,
                rows);
    }

    private static LocalDate firstOfWeek(LocalDate date) {
        return date.minusDays(date.getDayOfWeek().getValue() - 1L);
    }

    private static List<String> values(History history, int start, int end, boolean adjusted) {
        List<DayBar> days = history.bars().subList(start, end);
        DayBar last = days.get(days.size() - 1);
        List<String> values = new ArrayList<>(7);
        values.add(Money.fixed(days.get(0).open()));
        values.add(Money.fixed(days.stream().mapToLong(DayBar::high).max().orElseThrow()));
        values.add(Money.fixed(days.stream().mapToLong(DayBar::low).min().orElseThrow()));
        values.add(Money.fixed(last.close()));
        if (adjusted) {
            values.add(Money.fixed(history.adjustedClose(end - 1)));
        }
        values.add(Long.toString(days.stream().mapToLong(DayBar::volume).sum()));
        if (adjusted) {
            values.add(Money.fixed(days.stream().mapToLong(DayBar::dividend).sum()));
        }
        return values;
    }
}
