package io.alphakeep.write;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Document;
import io.alphakeep.market.Series;
import io.alphakeep.market.Symbol;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes as a run does, one transaction each, and looks at what the server did. */
record WriteDatabase(TestDatabase database) {

    static final Instant NOW = Instant.parse("2026-09-12T12:00:00.123456789Z");

    void makePartitions(int firstYear, int lastYear) {
        for (int year = firstYear; year <= lastYear; year++) {
            database.execute("SELECT create_yearly_partition('alpha_market_data', '" + year + "-01-01')");
        }
    }

    WriteResult write(Series series, List<Bar> bars) {
        return write(series, bars, new WriteContext(1, NOW, false));
    }

    WriteResult write(Series series, List<Bar> bars, WriteContext context) {
        return database.transactions().run(c -> new BarWriter().write(c, series, Bars.of(bars), context));
    }

    WriteResult write(Symbol symbol, List<Document> documents) {
        return database.transactions()
                .run(c -> new DocumentWriter().write(c, symbol, documents, new WriteContext(1, NOW, false)));
    }

    /** Every version of every row: where it lies, who wrote it, and what it says. */
    List<List<String>> versions(Series series) {
        return database.query(
                "SELECT tableoid::regclass, ctid, xmin, xmax, m::text FROM alpha_market_data m WHERE ticker = '"
                        + series.symbol() + "' AND endpoint = '" + series.endpoint() + "' ORDER BY \"timestamp\"");
    }

    /** Waits until so many sessions wait for a lock. */
    void awaitWaiting(int sessions) {
        String waiting = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()";
        Await.until(
                "sessions wait for a lock",
                Duration.ofSeconds(30),
                () -> Integer.parseInt(database.value(waiting)) >= sessions);
    }

    String count(Series series) {
        return database.value("SELECT count(*) FROM alpha_market_data WHERE ticker = '" + series.symbol()
                + "' AND endpoint = '" + series.endpoint() + "'");
    }
}
