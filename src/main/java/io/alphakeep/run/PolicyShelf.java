package io.alphakeep.run;

import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Failure;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.policy.Policies;
import io.alphakeep.maintain.policy.PolicyStore;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The policies of this warehouse under these settings. */
final class PolicyShelf {

    private final AlphakeepConfig config;
    private final PolicyStore store;

    PolicyShelf(AlphakeepConfig config, Transactions transactions, Clock clock) {
        this.config = config;
        this.store = new PolicyStore(transactions, clock);
    }

    Policies effective() {
        Map<String, String> given = new HashMap<>();
        config.archive().mode().ifPresent(mode -> given.put("archive.mode", mode));
        config.archive().afterMonths().ifPresent(months -> given.put("archive.after-months", Integer.toString(months)));
        return Policies.of(store.read(), given);
    }

    /** @throws Failure 2 when one has not its form or they do not go together; nothing is stored then */
    void set(Map<String, String> values) {
        usage(() -> store.set(values));
    }

    /** @throws Failure 2 as {@link #set} */
    void reset(Collection<String> names) {
        usage(() -> store.reset(names));
    }

    private static void usage(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.USAGE, "policy: " + e.getMessage(), "nothing was changed", e);
        }
    }
}
