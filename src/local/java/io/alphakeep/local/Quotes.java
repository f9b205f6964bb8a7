package io.alphakeep.local;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** GLOBAL_QUOTE: the newest session beside the close before it. */
final class Quotes {

    private static final List<String> KEYS = List.of(
            "01. symbol",
            "02. open",
            "03. high",
            "04. low",
            "05. price",
            "06. volume",
            "07. latest trading day",
            "08. previous close",
            "09. change",
            "10. change percent");
    private static final String HEADER =
            "symbol,open,high,low,price,volume,latestDay,previousClose,change,changePercent";

    private Quotes() {}

    static Reply of(Query query, History history) {
        List<String> values = values(query.symbol(), history);
        if (query.wantsCsv()) {
            return Reply.csv(HEADER + "\r\n" + String.join(",", values) + "\r\n");
        }
        boolean delayed = query.get("entitlement").equals("delayed");
        JsonText json = new JsonText(512)
                .object()
                .object(delayed ? "Global Quote - DATA DELAYED BY 15 MINUTES" : "Global Quote");
        for (int i = 0; i < KEYS.size(); i++) {
            json.field(KEYS.get(i), values.get(i));
        }
        return Reply.json(json.end().end().text());
    }

    private static List<String> values(String symbol, History history) {
        DayBar bar = history.newest();
        int size = history.bars().size();
        long previous = size > 1
                ? history.bars().get(size - 2).close()
                : Money.cents(history.listing().startPrice());
        BigDecimal change = BigDecimal.valueOf(bar.close() - previous, 4);
        BigDecimal percent = change.movePointRight(2).divide(BigDecimal.valueOf(previous, 4), 4, RoundingMode.HALF_UP);
        return List.of(
                symbol,
                Money.fixed(bar.open()),
                Money.fixed(bar.high()),
                Money.fixed(bar.low()),
                Money.fixed(bar.close()),
                Long.toString(bar.volume()),
                bar.date().toString(),
                Money.fixed(previous),
                change.toPlainString(),
                percent.toPlainString() + "%");
    }
}
