package io.alphakeep.scale;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The writes that the database acknowledged: of each bar the last one. Bounded by the bars that {@link
 * Population#writtenDays} lets writers write.
 */
public final class Written {

    /** One daily bar. */
    private record Key(String ticker, LocalDate day) {}

    private static final long FIRST = 1_000_000;

    private static final String STORED = """
            SELECT "timestamp", ingestion_epoch FROM alpha_market_data
            WHERE ticker = ? AND endpoint = 'TIME_SERIES_DAILY' AND ingestion_epoch >= ? AND close_price = ingestion_epoch * 0.0001
            """;

    private final AtomicLong next = new AtomicLong(FIRST);
    private final Map<Key, Long> acknowledged = new ConcurrentHashMap<>();

    /** The next write's number: its {@code ingestion_epoch}, and its price too. */
    long next() {
        return next.getAndIncrement();
    }

    void acknowledged(String ticker, LocalDate day, long number) {
        acknowledged.put(new Key(ticker, day), number);
    }

    /** How many bars of a day were written. */
    public long barsOf(LocalDate day) {
        return acknowledged.keySet().stream().filter(key -> key.day.equals(day)).count();
    }

    /** What is stored and was not acknowledged so, or the other way round; a line per bar, none when all is well. */
    public Map<String, String> differences(ScaleDatabase database, Population population) {
        Map<String, String> differences = new TreeMap<>();
        Map<Key, Long> missing = new ConcurrentHashMap<>(acknowledged);
        database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(STORED)) {
                for (String ticker : population.writtenTickers()) {
                    statement.setString(1, ticker);
                    statement.setLong(2, FIRST);
                    try (ResultSet bars = statement.executeQuery()) {
                        while (bars.next()) {
                            Instant at = bars.getObject(1, OffsetDateTime.class).toInstant();
                            Key key = new Key(ticker, LocalDate.ofInstant(at, ZoneOffset.UTC));
                            Long expected = missing.remove(key);
                            if (expected == null || expected != bars.getLong(2)) {
                                differences.put(
                                        key.toString(), "stored " + bars.getLong(2) + ", acknowledged " + expected);
                            }
                        }
                    }
                }
            }
        });
        missing.forEach((key, number) -> differences.put(key.toString(), "acknowledged " + number + ", not stored"));
        return differences;
    }
}
