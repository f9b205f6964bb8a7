package io.alphakeep.scale;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Number and checksum of the generated bars, but for those that writers may write: what must be the same after anything.
 *
 * @param hash sum of {@code hash_record_extended} over the rows
 */
public record Fingerprint(long rows, String hash) {

    // Generated tickers begin with S; those of a backfill do not.
    private static final String TAKE = """
            SELECT count(*), coalesce(sum(hash_record_extended(m, 0)), 0)
            FROM alpha_market_data m
            WHERE ticker >= 'S'
              AND NOT (endpoint = 'TIME_SERIES_DAILY' AND ticker = ANY (?) AND "timestamp" = ANY (?::timestamptz[]))
            """;

    public static Fingerprint take(ScaleDatabase database, Population population) {
        List<LocalDate> days = population.writtenDays();
        Fingerprint[] taken = new Fingerprint[1];
        database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "text", population.writtenTickers().toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "timestamptz",
                                days.stream()
                                        .map(day -> day.atStartOfDay()
                                                .toInstant(ZoneOffset.UTC)
                                                .toString())
                                        .toArray()));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    taken[0] = new Fingerprint(row.getLong(1), row.getString(2));
                }
            }
        });
        return taken[0];
    }
}
