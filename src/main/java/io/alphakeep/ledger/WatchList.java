package io.alphakeep.ledger;

import io.alphakeep.db.ArrayLiteral;
import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.market.Symbol;
import io.alphakeep.market.WatchEntry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is to be kept up to date. Adding or removing the same thing again does nothing. */
public final class WatchList {

    private static final String LIST = """
            SELECT ticker, api_function, interval_text, from_date, priority, every_seconds, added_at
            FROM alpha_watch
            ORDER BY ticker, api_function, interval_text
            """;

    // Lines that are there as they come are left out first: DO UPDATE locks, and thereby writes, even what it leaves
    // alone.
    private static final String ADD = """
            INSERT INTO alpha_watch AS w (ticker, api_function, interval_text, from_date, priority, every_seconds, added_at)
            SELECT n.ticker, n.api_function, n.interval_text, n.from_date, n.priority, n.every_seconds, clock_timestamp()
            FROM unnest(?::text[], ?::text[], ?::text[], ?::date[], ?::integer[], ?::bigint[])
                     AS n (ticker, api_function, interval_text, from_date, priority, every_seconds)
            WHERE NOT EXISTS (
                SELECT FROM alpha_watch o
                WHERE (o.ticker, o.api_function, o.interval_text) = (n.ticker, n.api_function, n.interval_text)
                  AND (o.from_date, o.priority, o.every_seconds) IS NOT DISTINCT FROM (n.from_date, n.priority, n.every_seconds)
            )
            ON CONFLICT (ticker, api_function, interval_text) DO UPDATE
            SET from_date = EXCLUDED.from_date, priority = EXCLUDED.priority, every_seconds = EXCLUDED.every_seconds
            WHERE (w.from_date, w.priority, w.every_seconds)
                  IS DISTINCT FROM (EXCLUDED.from_date, EXCLUDED.priority, EXCLUDED.every_seconds)
            """;

    private static final String REMOVE = """
            DELETE FROM alpha_watch w
            USING unnest(?::text[], ?::text[], ?::text[]) AS gone (ticker, api_function, interval_text)
            WHERE (w.ticker, w.api_function, w.interval_text) = (gone.ticker, gone.api_function, gone.interval_text)
            """;

    private final Transactions transactions;

    public WatchList(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The whole list, by ticker, function and interval. */
    public List<WatchEntry> list() {
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(LIST);
                    ResultSet r = s.executeQuery()) {
                List<WatchEntry> entries = new ArrayList<>();
                while (r.next()) {
                    entries.add(entry(r));
                }
                return entries;
            }
        });
    }

    /**
     * Adds what is not on the list, and gives lines that are there the new options; all of it or nothing. Of several entries
     * for one series the last counts.
     *
     * @return how many lines are new or changed
     */
    public int add(Collection<WatchEntry> entries) {
        Map<Series, WatchEntry> bySeries = new TreeMap<>();
        entries.forEach(e -> bySeries.put(e.series(), e));
        ArrayLiteral froms = new ArrayLiteral();
        ArrayLiteral priorities = new ArrayLiteral();
        ArrayLiteral everies = new ArrayLiteral();
        for (WatchEntry entry : bySeries.values()) {
            froms.add(entry.from().orElse(null));
            priorities.add(entry.priority());
            everies.add(entry.every().map(Duration::toSeconds).orElse(null));
        }
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(ADD)) {
                bindKeys(s, bySeries.keySet());
                s.setString(4, froms.toString());
                s.setString(5, priorities.toString());
                s.setString(6, everies.toString());
                return s.executeUpdate();
            }
        });
    }

    /**
     * Takes series off the list; their data and watermarks stay.
     *
     * @return how many were on it
     */
    public int remove(Collection<Series> series) {
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(REMOVE)) {
                bindKeys(s, series);
                return s.executeUpdate();
            }
        });
    }

    private static void bindKeys(PreparedStatement statement, Collection<Series> series) throws SQLException {
        ArrayLiteral tickers = new ArrayLiteral();
        ArrayLiteral functions = new ArrayLiteral();
        ArrayLiteral intervals = new ArrayLiteral();
        for (Series one : series) {
            tickers.add(one.symbol());
            functions.add(one.function());
            intervals.add(one.interval().map(Interval::text).orElse(""));
        }
        statement.setString(1, tickers.toString());
        statement.setString(2, functions.toString());
        statement.setString(3, intervals.toString());
    }

    private static WatchEntry entry(ResultSet r) throws SQLException {
        Optional<Interval> interval = Interval.of(r.getString("interval_text"));
        Long every = r.getObject("every_seconds", Long.class);
        return new WatchEntry(
                new Series(new Symbol(r.getString("ticker")), r.getString("api_function"), interval),
                Optional.ofNullable(r.getObject("from_date", LocalDate.class)),
                r.getInt("priority"),
                Optional.ofNullable(every).map(Duration::ofSeconds),
                Optional.of(Instants.get(r, "added_at")));
    }
}
