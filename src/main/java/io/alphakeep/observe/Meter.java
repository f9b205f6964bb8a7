package io.alphakeep.observe;

import java.util.List;
import java.util.Locale;

/**
 * Every meter of ours: the one list that the registry, the README's table, the alerts and the dashboard go by. Counters and
 * timers tell of this process and are there at 0 from its start; gauges tell of the warehouse, whoever worked on it, and are
 * absent until they are known.
 */
enum Meter {
    // This process.
    RUNS_TOTAL(Kind.COUNTER, "runs that ended here", Label.DOOR, Label.RUN_OUTCOME),
    RUN_DURATION_SECONDS(Kind.TIMER, "how long runs took here", Label.DOOR),
    REQUESTS_TOTAL(Kind.COUNTER, "planned requests that are over here", Label.FUNCTION, Label.REQUEST_OUTCOME),
    ROWS_TOTAL(Kind.COUNTER, "rows of the answers that were stored here", Label.TABLE, Label.EFFECT),
    MAINTENANCE_PASSES_TOTAL(Kind.COUNTER, "passes of maintenance that ended here", Label.PASS_OUTCOME),
    POOL_CHANGES_TOTAL(Kind.COUNTER, "changes of the connection pool's size", Label.POOL_REASON),
    POOL_SIZE(Kind.GAUGE, "the most connections that the pool may hold now"),
    POOL_FLOOR(Kind.GAUGE, "the least that this is"),
    POOL_CEILING(Kind.GAUGE, "the most that this is"),
    POOL_WAITING(
            Kind.GAUGE, "the most threads that waited for a connection since the sample before, by a look a second"),
    SAMPLES_TOTAL(Kind.COUNTER, "looks at the database for these gauges", Label.SAMPLE, Label.RESULT),
    SAMPLE_DURATION_SECONDS(Kind.TIMER, "how long such a look took", Label.SAMPLE),
    SAMPLE_TIMESTAMP_SECONDS(Kind.GAUGE, "when the last good look was", Label.SAMPLE),
    BUILD_INFO(Kind.GAUGE, "1; the version is a label", Label.VERSION),
    SCHEDULE_INTERVAL_SECONDS(
            Kind.GAUGE,
            "the longer of the rests before and after the last time of the schedule; none when it is off",
            Label.SCHEDULE),

    // Runs, whoever made them.
    RUN_LAST_SUCCESS_TIMESTAMP_SECONDS(
            Kind.GAUGE, "end of the last run with an answer, or with nothing to ask", Label.DOOR),
    RUN_LAST_DURATION_SECONDS(Kind.GAUGE, "how long the last of them took", Label.DOOR),
    RUNS_DAY(Kind.GAUGE, "runs that ended in the last 24 hours", Label.DOOR, Label.RUN_OUTCOME),
    RUN_LAST_PROBLEMS(Kind.GAUGE, "problems of the newest run that asked something, or had one", Label.KIND),
    REQUESTS_DAY(Kind.GAUGE, "answers in the last 24 hours", Label.FUNCTION, Label.ANSWER),
    REQUEST_LAST_ANSWER_TIMESTAMP_SECONDS(
            Kind.GAUGE,
            "when the newest request that was answered, with data or with none, was sent; none after a week"),
    REQUEST_DURATION_DAY_SECONDS(Kind.GAUGE, "how long the API took to answer in the last 24 hours", Label.QUANTILE),
    ROWS_DAY(Kind.GAUGE, "rows of the answers of the last 24 hours", Label.TABLE, Label.EFFECT),
    REJECTS_DAY(Kind.GAUGE, "rows that could not be stored in the last 24 hours", Label.REASON),

    // What is kept.
    SERIES(Kind.GAUGE, "series on the watchlist; one can count in several states", Label.STATE),
    STALENESS_SECONDS(
            Kind.GAUGE,
            "how long what is missing has been due, of the series that are asked; 0 = up to date",
            Label.FUNCTION,
            Label.STATISTIC),
    ALLOWANCE_LIMIT(
            Kind.GAUGE, "requests that the key may send in a window; none where there is no limit", Label.WINDOW),
    ALLOWANCE_REMAINING(Kind.GAUGE, "requests left in the window", Label.WINDOW),
    ALLOWANCE_USED_TODAY(Kind.GAUGE, "requests reserved since the allowance's day began"),
    ALLOWANCE_DAY_END_TIMESTAMP_SECONDS(Kind.GAUGE, "when the allowance's day ends"),

    // The database.
    SCHEMA_CURRENT(Kind.GAUGE, "1 when the tables are this version's, else 0"),
    PARTITIONS_AHEAD(Kind.GAUGE, "months after the running one that have their partition; at most 36", Label.TABLE),
    MAINTENANCE_LAST_SUCCESS_TIMESTAMP_SECONDS(
            Kind.GAUGE, "end of the last pass that did all that was due of the part", Label.PART),
    TABLE_SIZE_BYTES(Kind.GAUGE, "size with indexes and all partitions", Label.TABLE),
    TABLE_ROWS(Kind.GAUGE, "live rows, as the server estimates them", Label.TABLE),
    TABLE_DEAD_ROWS(Kind.GAUGE, "dead rows that are not vacuumed yet, as the server estimates them", Label.TABLE),
    TABLE_DEAD_ROWS_EXCESS(
            Kind.GAUGE,
            "dead rows beyond a fifth of the live ones, in the partition that has most of them; 0 = in none",
            Label.TABLE),
    TABLE_LAST_VACUUM_TIMESTAMP_SECONDS(Kind.GAUGE, "the newest vacuum of the table or a partition", Label.TABLE),
    TABLE_INDEX_SCANS(Kind.GAUGE, "scans of its indexes since the server's statistics were reset", Label.TABLE),
    TABLE_SEQUENTIAL_SCANS(Kind.GAUGE, "scans of the whole table or a partition since then", Label.TABLE),
    TABLE_UNUSED_INDEXES(Kind.GAUGE, "indexes, none of them a key's, that were not scanned since then", Label.TABLE),
    TABLE_UNUSED_INDEX_SIZE_BYTES(Kind.GAUGE, "size of those", Label.TABLE),
    INDEX_SCANS(Kind.GAUGE, "scans of the index since then; one name for all partitions", Label.INDEX),
    INDEX_SIZE_BYTES(Kind.GAUGE, "size of the index in all partitions", Label.INDEX),
    DATABASE_CONNECTIONS(Kind.GAUGE, "connections to the server's databases, whoever has them"),
    DATABASE_CONNECTIONS_LIMIT(Kind.GAUGE, "the most connections that the server lets roles like ours have"),
    STATEMENTS_SLOW(Kind.GAUGE, "statements with a mean above 1 s; only where pg_stat_statements is"),
    STATEMENT_SLOWEST_MEAN_SECONDS(Kind.GAUGE, "the largest mean of a statement; only where pg_stat_statements is"),
    FINDINGS(Kind.GAUGE, "what advise finds, looked for every 15 minutes", Label.SEVERITY);

    /** What Prometheus calls its type; a timer is a summary of count and sum, with a gauge of the longest. */
    enum Kind {
        COUNTER,
        TIMER,
        GAUGE
    }

    private final Kind kind;
    private final String help;
    private final List<Label> labels;

    Meter(Kind kind, String help, Label... labels) {
        this.kind = kind;
        this.help = help;
        this.labels = List.of(labels);
    }

    Kind kind() {
        return kind;
    }

    /** What it tells, in words. */
    String help() {
        return help;
    }

    List<Label> labels() {
        return labels;
    }

    /** The name that Prometheus sees; its end is the unit. */
    String exposed() {
        return "alphakeep_" + name().toLowerCase(Locale.ROOT);
    }

    /** The unit of its values. */
    String unit() {
        String name = exposed();
        if (name.endsWith("_seconds")) {
            return name.endsWith("_timestamp_seconds") ? "seconds since 1970" : "seconds";
        }
        return name.endsWith("_bytes") ? "bytes" : "1";
    }

    /** The name that the registry knows, which puts a counter's ending behind it by itself. */
    String registered() {
        return exposed().replaceFirst("_total$", "").replace('_', '.');
    }
}
