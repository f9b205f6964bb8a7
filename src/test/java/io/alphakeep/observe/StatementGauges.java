package io.alphakeep.observe;

import io.alphakeep.db.Transactions;
import java.util.List;

/** What the gauges of statements tell, for the one test that has a server that counts them. */
public final class StatementGauges {

    private StatementGauges() {}

    /** How many are slow, and the largest mean in seconds; empty where the server does not count. */
    public static List<Double> of(Transactions transactions) {
        return new TableLooks(transactions, (limit, used) -> {})
                .all().stream()
                        .filter(look -> look.name().equals("statements"))
                        .flatMap(look -> look.finder().find().stream())
                        .map(Sample::value)
                        .toList();
    }
}
