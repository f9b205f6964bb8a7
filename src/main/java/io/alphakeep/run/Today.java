package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Usage;
import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.db.Transactions;
import io.alphakeep.fetch.KeyFingerprint;
import io.alphakeep.market.TradingCalendar;
import io.alphakeep.plan.Allowance;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** What the configured key may still ask today. */
final class Today {

    private Today() {}

    /** Empty where no key is configured, or the day has no limit. */
    static Optional<Allowance> of(AlphakeepConfig config, Transactions transactions, Instant now) {
        return config.api().key().flatMap(key -> {
            Usage usage = new Budget(transactions).usage(KeyFingerprint.of(key), ApiAccess.limits(config));
            return usage.dayLeft().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Allowance(
                            usage.perDay(),
                            usage.dayLeft().getAsInt(),
                            usage.dayClosedUntil().orElse(laterMidnight(now))));
        });
    }

    /** The day counts in UTC and in US Eastern, and the stricter one wins. */
    private static Instant laterMidnight(Instant now) {
        Instant utc = midnight(now, ZoneOffset.UTC);
        Instant eastern = midnight(now, TradingCalendar.ZONE);
        return utc.isAfter(eastern) ? utc : eastern;
    }

    private static Instant midnight(Instant now, ZoneId zone) {
        return LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
    }
}
