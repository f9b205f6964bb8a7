package io.alphakeep.observe;

import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.run.Engine;
import io.alphakeep.run.Facts;
import java.util.ArrayList;
import java.util.List;

/** How complete and fresh the warehouse is, and what the key may still ask. */
final class WarehouseLooks {

    // What is failing has not been answered lately, what is parked is no longer asked.
    private static final String SERIES = """
            SELECT count(*) AS watched,
                   count(*) FILTER (WHERE w.last_answer_at IS NULL) AS never_answered,
                   count(*) FILTER (WHERE w.failures_in_row > 0 AND w.parked_reason IS NULL) AS failing,
                   count(*) FILTER (WHERE w.parked_reason IS NOT NULL) AS parked,
                   count(*) FILTER (WHERE w.parked_reason LIKE 'premium:%') AS not_entitled
            FROM alpha_watch l
            LEFT JOIN alpha_watermark w
                ON w.ticker = l.ticker
               AND w.endpoint = CASE WHEN l.interval_text = '' THEN l.api_function ELSE l.api_function || '_' || l.interval_text END
            """;

    private final Transactions transactions;
    private final Facts facts;
    private final Schema schema;

    /** @param transactions whose limits hold for all of it */
    WarehouseLooks(Transactions transactions, Engine engine) {
        this.transactions = transactions;
        this.facts = engine.facts(transactions);
        this.schema = engine.schema().within(transactions);
    }

    List<Look> all() {
        return List.of(
                new Look("series", List.of(Meter.SERIES, Meter.STALENESS_SECONDS), this::series),
                new Look(
                        "allowance",
                        List.of(
                                Meter.ALLOWANCE_LIMIT,
                                Meter.ALLOWANCE_REMAINING,
                                Meter.ALLOWANCE_USED_TODAY,
                                Meter.ALLOWANCE_DAY_END_TIMESTAMP_SECONDS),
                        this::allowance),
                new Look("schema", List.of(Meter.SCHEMA_CURRENT), this::schema));
    }

    private List<Sample> series() {
        List<Sample> found = new ArrayList<>(Rows.of(transactions, SERIES, (row, to) -> {
            for (String state : Label.STATE.known()) {
                to.add(Sample.of(Meter.SERIES, row.getLong(state), state));
            }
        }));
        facts.staleness().forEach((function, late) -> {
            found.add(Sample.of(Meter.STALENESS_SECONDS, late.longest().toSeconds(), function, "max"));
            found.add(Sample.of(Meter.STALENESS_SECONDS, late.median().toSeconds(), function, "median"));
        });
        return found;
    }

    private List<Sample> allowance() {
        List<Sample> found = new ArrayList<>();
        facts.allowance().ifPresent(now -> {
            now.limits().forEach((window, n) -> found.add(Sample.of(Meter.ALLOWANCE_LIMIT, n, window)));
            now.remaining().forEach((window, n) -> found.add(Sample.of(Meter.ALLOWANCE_REMAINING, n, window)));
            found.add(Sample.of(Meter.ALLOWANCE_USED_TODAY, now.usedToday()));
            found.add(Sample.of(Meter.ALLOWANCE_DAY_END_TIMESTAMP_SECONDS, Sampler.seconds(now.dayEnds())));
        });
        return found;
    }

    private List<Sample> schema() {
        return List.of(Sample.of(Meter.SCHEMA_CURRENT, schema.isCurrent() ? 1 : 0));
    }
}
