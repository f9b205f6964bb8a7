package io.alphakeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.TradingCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 5, 15);

    @ParameterizedTest
    @ValueSource(strings = {"", "ZZ", "ZZTOP", "TOOLONG", "A1", "ibm", "EURUSD", "TSCO.LON"})
    void nobodyKnows(String ticker) {
        assertThat(Listing.of(ticker)).isEmpty();
    }

    @Property(tries = 60)
    void everyOtherTickerHasASaneHistory(
            @ForAll @CharRange(from = 'A', to = 'Y') @StringLength(min = 1, max = 5) String ticker) {
        History history = History.until(Listing.of(ticker).orElseThrow(), FRIDAY);
        List<DayBar> bars = history.bars();
        assertThat(bars.get(0).date()).isAfterOrEqualTo(LocalDate.of(1999, 11, 1));
        assertThat(bars)
                .hasSize(TradingCalendar.sessionsBetween(bars.get(0).date().minusDays(1), FRIDAY.plusDays(1)));
        assertThat(bars).allMatch(bar -> TradingCalendar.isSession(bar.date()));
        assertThat(bars)
                .allMatch(bar -> bar.low() > 0
                        && bar.low() <= Math.min(bar.open(), bar.close())
                        && bar.high() >= Math.max(bar.open(), bar.close())
                        && bar.high() < 2_000 * Money.ONE);
        assertThat(bars).allMatch(bar -> bar.dividend() == 0 || bar.split() == 1);
        assertThat(IntStream.range(1, bars.size()))
                .as("adjusted closes move as a market does, over splits too")
                .allMatch(i -> Math.abs(history.adjustedClose(i) / history.adjustedClose(i - 1) - 1) < 0.15);
    }

    @Test
    void sharesSplitAndPay() {
        List<DayBar> all = Stream.of("IBM", "AAPL", "MSFT", "GOOGL", "AMZN", "NVDA", "JPM", "KO", "XOM", "JNJ")
                .flatMap(ticker -> History.until(Listing.of(ticker).orElseThrow(), FRIDAY).bars().stream())
                .toList();
        assertThat(all.stream().filter(bar -> bar.split() > 1).count()).isGreaterThanOrEqualTo(3);
        assertThat(all.stream().filter(bar -> bar.dividend() > 0).count()).isGreaterThan(300);
    }

    @Test
    void aDividendIsQuarterly() {
        List<LocalDate> exDates = History.until(payer(), FRIDAY).bars().stream()
                .filter(bar -> bar.dividend() > 0 && bar.date().getYear() == 2024)
                .map(DayBar::date)
                .toList();
        assertThat(exDates).hasSize(4);
    }

    @Test
    void aDividendRewritesTheAdjustedHistoryAndNothingElse() {
        Listing listing = payer();
        LocalDate ex = History.until(listing, FRIDAY).bars().stream()
                .filter(bar -> bar.dividend() > 0)
                .map(DayBar::date)
                .reduce((older, newer) -> newer)
                .orElseThrow();
        SettableClock clock = new SettableClock(ex + "T12:00:00Z");
        try (Asking api = new Asking(StandInOptions.defaults().withClock(clock))) {
            String query = "function=TIME_SERIES_DAILY_ADJUSTED&outputsize=full&symbol=" + listing.ticker();
            List<String> before = api.csv(query);
            clock.set(ex.plusDays(1) + "T00:00:00Z");
            List<String> after = api.csv(query);
            assertThat(after).hasSize(before.size() + 1);
            assertThat(cell(after.get(1), 0)).isEqualTo(ex.toString());
            assertThat(cell(after.get(1), 7)).isNotEqualTo("0.0000");
            for (int i = 1; i < before.size(); i++) {
                String old = before.get(i);
                String now = after.get(i + 1);
                assertThat(cell(now, 5)).as(old).isNotEqualTo(cell(old, 5));
                assertThat(withoutCell(now, 5)).isEqualTo(withoutCell(old, 5));
            }
        }
    }

    private static Listing payer() {
        return Stream.of("KO", "IBM", "JNJ", "XOM", "JPM", "MSFT")
                .flatMap(ticker -> Listing.of(ticker).stream())
                .filter(listing -> listing.dividendYield() > 0)
                .findFirst()
                .orElseThrow();
    }

    private static String cell(String line, int i) {
        return line.split(",")[i];
    }

    private static String withoutCell(String line, int i) {
        return line.replaceFirst("^((?:[^,]*,){" + i + "})[^,]*,", "$1");
    }
}
