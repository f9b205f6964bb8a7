package io.alphakeep.local;

import io.alphakeep.market.TradingCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The simulated exchange: every share's sessions that have closed by its clock, and no other. */
final class Market {

    /** A history of 25 years takes about half a mebibyte. */
    private static final int HISTORIES_KEPT = 64;

    private static final LocalTime LAST_TRADE = LocalTime.of(20, 0);

    private final Clock clock;
    private final Map<String, History> histories = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, History> eldest) {
            return size() > HISTORIES_KEPT;
        }
    };

    Market(Clock clock) {
        this.clock = clock;
    }

    /** The newest session with a daily bar: a session's bar appears at 00:00 UTC after it. */
    LocalDate newestSession() {
        return TradingCalendar.previousSession(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /**
     * The newest session with intraday bars. In winter 20:00 in New York is 01:00 UTC: then they appear an hour after
     * the daily bar, for no bar may lie in the future.
     */
    LocalDate newestIntradaySession() {
        LocalDate session = newestSession();
        Instant end = session.atTime(LAST_TRADE).atZone(TradingCalendar.ZONE).toInstant();
        return clock.instant().isBefore(end) ? TradingCalendar.previousSession(session) : session;
    }

    /** The sessions of a ticker up to now; none when the ticker is unknown or not listed yet. */
    Optional<History> history(String ticker) {
        LocalDate newest = newestSession();
        synchronized (histories) {
            History kept = histories.get(ticker);
            if (kept != null && kept.newest().date().equals(newest)) {
                return Optional.of(kept);
            }
        }
        Optional<History> made = Listing.of(ticker)
                .filter(listing -> !newest.isBefore(listing.listed()))
                .map(listing -> History.until(listing, newest));
        made.ifPresent(history -> {
            synchronized (histories) {
                histories.put(ticker, history);
            }
        });
        return made;
    }
}
