package io.alphakeep.observe;

import io.alphakeep.advise.Severity;
import io.alphakeep.pool.PoolReason;
import io.alphakeep.run.Facts;
import io.alphakeep.run.MaintainRequest;
import io.alphakeep.run.Outcome;
import io.alphakeep.run.RunRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The labels of our meters. Each has a closed set of values; what is not in it is told as {@value #OTHER}, so that no data
 * makes a new series. There is none for tickers.
 */
enum Label {
    DOOR(List.of(RunRequest.COMMAND, RunRequest.CRON, RunRequest.HTTP)),
    /** How a run ended. */
    RUN_OUTCOME("outcome", Arrays.stream(Outcome.values()).map(Outcome::word).toList()),
    PASS_OUTCOME("outcome", List.of("done", "postponed", "partial", "stopped", "nothing", "failed")),
    /** What came of a planned request, as this process knows it. */
    REQUEST_OUTCOME(
            "outcome", List.of("ok", "empty", "skipped", "postponed", "stopped", "throttled", "refused", "failed")),
    /** What the ledger's line of an answer says. */
    ANSWER("outcome", concat(List.of("data"), Words.ANSWERS)),
    FUNCTION(Facts.functions()),
    TABLE(List.of(
            "alpha_market_data",
            "alpha_fundamental_data",
            "alpha_run",
            "alpha_request",
            "alpha_watermark",
            "alpha_reject",
            "alpha_budget",
            "alpha_watch",
            "alpha_policy",
            "alpha_maintenance",
            "alpha_archive",
            "alpha_tick",
            "alpha_schema_history")),
    /** Of keys and migrations by their names, of the indexes by age all that one policy makes. */
    INDEX(List.of(
            "alpha_market_data_pkey",
            "price_summary",
            "alpha_fundamental_data_pkey",
            "idx_alpha_fund_market_cap",
            "idx_alpha_fund_market_cap_text",
            "idx_alpha_fund_pe_ratio",
            "idx_alpha_fund_dividend_yield",
            "idx_alpha_fund_eps",
            "idx_alpha_fund_beta",
            "alpha_run_pkey",
            "alpha_run_started_at",
            "alpha_request_pkey",
            "alpha_request_requested_at",
            "alpha_request_series",
            "alpha_watermark_pkey",
            "alpha_reject_pkey",
            "alpha_reject_rejected_at",
            "alpha_budget_pkey",
            "alpha_watch_pkey",
            "alpha_policy_pkey",
            "alpha_maintenance_pkey",
            "alpha_maintenance_started_at",
            "alpha_archive_pkey",
            "alpha_tick_pkey",
            "alpha_schema_history_pk",
            "alpha_schema_history_s_idx")),
    SEVERITY(Arrays.stream(Severity.values()).map(Severity::text).toList()),
    EFFECT(List.of("inserted", "changed", "unchanged", "removed", "rejected")),
    REASON(Words.REJECTS),
    KIND(concat(List.of("key", "mark", "api", "database", "unexpected"), Words.ANSWERS)),
    STATE(List.of("watched", "never_answered", "failing", "parked", "not_entitled")),
    WINDOW(List.of("second", "minute", "day")),
    PART(MaintainRequest.PARTS),
    /** Not "job": that name is the scraper's own. */
    SCHEDULE(List.of("ingest", "maintain")),
    STATISTIC(List.of("max", "median")),
    QUANTILE(List.of("0.5", "0.95", "1")),
    SAMPLE(List.of(
            "ledger",
            "requests",
            "series",
            "allowance",
            "tables",
            "indexes",
            "maintenance",
            "connections",
            "statements",
            "schema",
            "findings",
            "process")),
    POOL_REASON(
            "reason", Arrays.stream(PoolReason.values()).map(PoolReason::word).toList()),
    RESULT(List.of("ok", "failed")),
    /** The one that is not a closed set: there is one version in a process. */
    VERSION(List.of());

    static final String OTHER = "other";

    private final String text;
    private final List<String> values;

    Label(List<String> values) {
        this(null, values);
    }

    Label(String text, List<String> values) {
        this.text = text == null ? name().toLowerCase(Locale.ROOT) : text;
        this.values = List.copyOf(values);
    }

    /** As Prometheus has it. */
    String text() {
        return text;
    }

    /** All that it can be, but for {@value #OTHER}. */
    List<String> known() {
        return values;
    }

    /** The value itself where it is a known one, else {@value #OTHER}. */
    String value(String given) {
        return this == VERSION || values.contains(given) ? given : OTHER;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.of(first, second).flatMap(List::stream).distinct().toList();
    }

    /** Words that other packages own; those that are added there without being added here are told as other. */
    private static final class Words {

        static final List<String> ANSWERS = List.of(
                "empty",
                "throttled",
                "quota",
                "premium",
                "key",
                "symbol",
                "function",
                "unknown",
                "unreachable",
                "timeout",
                "cut-off",
                "http-status",
                "html",
                "no-body",
                "malformed",
                "overfull",
                "crowded",
                "oversized",
                "wrong-symbol");

        static final List<String> REJECTS = List.of("date", "number", "shape", "duplicate", "no_partition");

        private Words() {}
    }
}
