package io.alphakeep.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** TIME_SERIES_DAILY and TIME_SERIES_DAILY_ADJUSTED, which share a container and little else. */
final class DailyTable {

    static final int COMPACT_ROWS = 100;

    static final List<String> PLAIN_KEYS = List.of("1. open", "2. high", "3. low", "4. close", "5. volume");
    static final List<String> PLAIN_COLUMNS = List.of("open", "high", "low", "close", "volume");

    private static final List<String> ADJUSTED_KEYS = List.of(
            "1. open",
            "2. high",
            "3. low",
            "4. close",
            "5. adjusted close",
            "6. volume",
            "7. dividend amount",
            "8. split coefficient");
    private static final List<String> ADJUSTED_COLUMNS =
            List.of("open", "high", "low", "close", "adjusted_close", "volume", "dividend_amount", "split_coefficient");

    private DailyTable() {}

    static Table of(Query query, History history) {
        boolean adjusted = query.function().endsWith("_ADJUSTED");
        int oldest = query.isFull() ? 0 : Math.max(0, history.bars().size() - COMPACT_ROWS);
        List<Row> rows = new ArrayList<>(history.bars().size() - oldest);
        for (int i = history.bars().size() - 1; i >= oldest; i--) {
            DayBar bar = history.bars().get(i);
            rows.add(new Row(bar.date().toString(), adjusted ? adjusted(bar, history.adjustedClose(i)) : plain(bar)));
        }
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put(
                "1. Information",
                adjusted
                        ? "Daily Time Series with Splits and Dividend Events"
                        : "Daily Prices (open, high, low, close) and Volumes");
        meta.put("2. Symbol", query.symbol());
        meta.put("3. Last Refreshed", history.newest().date().toString());
        meta.put("4. Output Size", query.isFull() ? "Full size" : "Compact");
        meta.put("5. Time Zone", "US/Eastern");
        return new Table(
                meta,
                "Time Series (Daily)",
                adjusted ? ADJUSTED_KEYS : PLAIN_KEYS,
                adjusted ? ADJUSTED_COLUMNS : PLAIN_COLUMNS,
                rows);
    }

    private static List<String> plain(DayBar bar) {
        return List.of(
                Money.fixed(bar.open()),
                Money.fixed(bar.high()),
                Money.fixed(bar.low()),
                Money.fixed(bar.close()),
                Long.toString(bar.volume()));
    }

    /** This function prints floats, with their noise, where the others print four decimals. */
    private static List<String> adjusted(DayBar bar, double adjustedClose) {
        return List.of(
                Money.trimmed(bar.open()),
                Money.trimmed(bar.high()),
                Money.trimmed(bar.low()),
                Money.trimmed(bar.close()),
                Money.noisy(adjustedClose),
                Long.toString(bar.volume()),
                Money.fixed(bar.dividend()),
                Money.noisy(bar.split()));
    }
}
