package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Usage;
import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.db.Transactions;
import io.alphakeep.fetch.KeyFingerprint;
import io.alphakeep.plan.Allowance;
import java.util.Optional;

/** What the configured key may still ask today. */
final class Today {

    private Today() {}

    /** Empty where no key is configured, or the day has no limit. */
    static Optional<Allowance> of(AlphakeepConfig config, Transactions transactions) {
        return config.api().key().flatMap(key -> {
            Usage usage = new Budget(transactions).usage(KeyFingerprint.of(key), ApiAccess.limits(config));
            return usage.dayLeft().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Allowance(usage.perDay(), usage.dayLeft().getAsInt(), usage.dayEnds()));
        });
    }
}
