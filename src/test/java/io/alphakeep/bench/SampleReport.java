package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report as a bench would make it; the figures are made up. */
final class SampleReport {

    private SampleReport() {}

    static BenchReport whole() {
        return report(List.of(
                plan("single row, committed", 5.1, 0.31, "5 ms → 0.5 ms", 5),
                plan("batch of 1,000 rows", 4_870, 6.4, "5,000 ms → 100 ms", 50),
                plan("last 100 daily bars of a ticker", 162, 0.12, "200 ms → 10 ms", 20),
                plan("market capitalisation over 1e9 in 100,000 overviews", 812, 2.4, "1,000 ms → 50 ms", 20),
                new Comparison(
                        Section.PLAN,
                        "daily ingestion, 2,025 requests, the API's pace taken out",
                        samples("one request after another, row by row", Unit.SECONDS, 941, 940, 947),
                        samples("alphakeep ingest, the whole process", Unit.SECONDS, 9.2, 8.8, 9.9),
                        "8 hours → 1 hour",
                        Optional.of(new Goal(Goal.Of.AFTER, 8, false)),
                        "before: worked out from 50 requests"),
                writing("1,000,000 new rows", "one COPY into the same table", 3.8, 3.9, 0.97),
                writing("1,000,000 new rows", "psql \\copy into a table without an index", 2.1, 3.9, 0.55),
                writing("100,000 new rows", "psycopg2 executemany", 14.9, 0.41, 30),
                writing("100,000 unchanged rows again", "ON CONFLICT DO UPDATE, always", 2.3, 0.3, 6),
                new Comparison(
                        Section.WRITING,
                        "log written for an unchanged row",
                        samples("ON CONFLICT DO UPDATE, always", Unit.BYTES_PER_ROW, 654, 650, 660),
                        samples("alphakeep", Unit.BYTES_PER_ROW, 0.4, 0.4, 0.5),
                        "",
                        Optional.of(new Goal(Goal.Of.AFTER, 10, false)),
                        ""),
                new Comparison(
                        Section.READING,
                        "last 100 bars among 10 times the rows",
                        samples("an unpartitioned table", Unit.MILLISECONDS, 0.07, 0.06, 0.09),
                        samples("alphakeep", Unit.MILLISECONDS, 0.08, 0.07, 0.1),
                        "",
                        Optional.empty(),
                        ""),
                new Comparison(
                        Section.DECODING,
                        "1 MB of daily JSON to rows",
                        samples("tree model", Unit.MILLISECONDS, 21, 20, 25),
                        samples("alphakeep", Unit.MILLISECONDS, 5.5, 5.1, 6.6),
                        "",
                        Optional.of(new Goal(Goal.Of.FACTOR, 3, true)),
                        "")));
    }

    static BenchReport report(List<Comparison> comparisons) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("program", "alphakeep 1.0");
        environment.put("Java", "OpenJDK 64-Bit Server VM 17.0.15+6");
        environment.put("cores", "2");
        environment.put("server", "PostgreSQL 18.6");
        environment.put("server settings", "shared_buffers 2GB, max_wal_size 4GB, synchronous_commit on, fsync on");
        return new BenchReport(
                Instant.parse("2026-03-04T05:06:07Z"),
                Duration.ofSeconds(254),
                false,
                environment,
                comparisons,
                List.of("asyncpg: not installed (apt install python3-asyncpg)"));
    }

    static Samples samples(String technique, Unit unit, Double... values) {
        return new Samples(technique, unit, List.of(values));
    }

    static Samples samples(String technique, Unit unit, double first, double second, double third) {
        return new Samples(technique, unit, List.of(first, second, third));
    }

    private static Comparison plan(String work, double before, double after, String claim, double goal) {
        return new Comparison(
                Section.PLAN,
                work,
                samples("as the plan begins", Unit.MILLISECONDS, before, before * 0.93, before * 1.2),
                samples("alphakeep", Unit.MILLISECONDS, after, after * 0.9, after * 1.3),
                claim,
                Optional.of(new Goal(Goal.Of.FACTOR, goal, true)),
                "");
    }

    private static Comparison writing(String work, String beside, double before, double after, double goal) {
        return new Comparison(
                Section.WRITING,
                work,
                samples(beside, Unit.SECONDS, before, before * 0.95, before * 1.1),
                samples("alphakeep", Unit.SECONDS, after, after * 0.95, after * 1.1),
                "",
                Optional.of(new Goal(Goal.Of.FACTOR, goal, true)),
                "");
    }
}
