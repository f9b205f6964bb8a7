package io.alphakeep.bench;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** An answer of TIME_SERIES_DAILY as the API writes it: the newest day first, four spaces of indentation to a level. */
final class DailyBody {

    private static final String HEAD = """
            {
                "Meta Data": {
                    "1. Information": "Daily Prices (open, high, low, close) and Volumes",
                    "2. Symbol": "%s",
                    "3. Last Refreshed": "%s",
                    "4. Output Size": "Full size",
                    "5. Time Zone": "US/Eastern"
                },
                "Time Series (Daily)": {
            """;

    private static final String ROW = """
                    "%s": {
                        "1. open": "%s",
                        "2. high": "%s",
                        "3. low": "%s",
                        "4. close": "%s",
                        "5. volume": "%s"
                    }""";

    private DailyBody() {}

    static byte[] of(SeriesBars answer) {
        Bars bars = answer.bars();
        StringBuilder text = new StringBuilder(bars.size() * 220);
        text.append(HEAD.formatted(answer.ticker(), day(bars, bars.size() - 1)));
        for (int i = bars.size() - 1; i >= 0; i--) {
            text.append(ROW.indent(8)
                            .stripTrailing()
                            .formatted(
                                    day(bars, i),
                                    bars.value(Figure.OPEN, i),
                                    bars.value(Figure.HIGH, i),
                                    bars.value(Figure.LOW, i),
                                    bars.value(Figure.CLOSE, i),
                                    bars.value(Figure.VOLUME, i)))
                    .append(i == 0 ? "\n" : ",\n");
        }
        return text.append("    }\n}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static LocalDate day(Bars bars, int index) {
        return LocalDate.ofEpochDay(bars.second(index) / 86_400);
    }
}
