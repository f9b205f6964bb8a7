package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Observed.Age;
import java.util.ArrayList;
import java.util.List;

/** Transaction ids are far from their end. At 2^31 less 3 million the server takes no more writes. */
final class Wraparound implements Rule {

    private static final long CRITICAL = 1_200_000_000;
    private static final long DEFAULT_TRANSACTIONS = 200_000_000;
    private static final long DEFAULT_MULTIXACTS = 400_000_000;

    @Override
    public List<Finding> on(Observed observed) {
        // Autovacuum freezes from its age on; half as much again says that it does not get through.
        long transactions = late(observed, "autovacuum_freeze_max_age", DEFAULT_TRANSACTIONS);
        long multixacts = late(observed, "autovacuum_multixact_freeze_max_age", DEFAULT_MULTIXACTS);
        List<Finding> findings = new ArrayList<>();
        for (Age database : observed.ages()) {
            long oldest = Math.max(database.transactions(), database.multixacts());
            if (database.transactions() <= transactions && database.multixacts() <= multixacts) {
                continue;
            }
            boolean here = database.name().equals(observed.server().database());
            findings.add(new Finding(
                    "wraparound",
                    oldest >= CRITICAL ? Severity.CRITICAL : Severity.WARN,
                    database.name(),
                    "oldest transaction " + Sizes.count(database.transactions()) + " ids ago, oldest multixact "
                            + Sizes.count(database.multixacts()) + "; the server stops at about 2,140,000,000",
                    "autovacuum should have frozen it long ago: something holds it up, or it is switched off",
                    here ? freeze(observed.oldest(), transactions, multixacts) : List.of(),
                    here
                            ? "end old transactions, prepared transactions and replication slots first: nothing is frozen"
                                    + " behind them"
                            : "connect to that database and run VACUUM (FREEZE) there",
                    "routine-vacuuming.html#VACUUM-FOR-WRAPAROUND"));
        }
        return findings;
    }

    /** A few tables by their names; where there may be more than were seen, all of the database. */
    private static List<Change> freeze(List<Age> tables, long transactions, long multixacts) {
        List<Age> late = tables.stream()
                .filter(table -> table.transactions() > transactions || table.multixacts() > multixacts)
                .toList();
        return late.size() >= Age.OLDEST
                ? List.of(freeze(""))
                : late.stream().map(table -> freeze(" " + table.name())).toList();
    }

    private static Change freeze(String table) {
        return new Change("VACUUM (FREEZE)" + table, "", Change.Effect.NOW);
    }

    private static long late(Observed observed, String setting, long otherwise) {
        long age = observed.server().number(setting).orElse(otherwise);
        return age + age / 2;
    }
}
