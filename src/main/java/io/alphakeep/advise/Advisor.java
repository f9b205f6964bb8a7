package io.alphakeep.advise;

import io.alphakeep.advise.rule.MissingIndexes;
import io.alphakeep.advise.rule.Rules;
import io.alphakeep.advise.seen.Hypothetical;
import io.alphakeep.advise.seen.Machine;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.ObservedReader;
import io.alphakeep.db.Transactions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/** Reads once, judges by every rule. Changes nothing. */
public final class Advisor {

    private final Transactions transactions;
    private final ObservedReader reader;

    /**
     * @param transactions whose limit on one statement is kept to: what takes longer is not seen
     * @param machine of the server, from the process id of one of its sessions
     */
    public Advisor(Transactions transactions, IntFunction<Machine> machine) {
        this.transactions = transactions;
        this.reader = new ObservedReader(transactions, machine);
    }

    /**
     * @throws io.alphakeep.db.DatabaseException when the database is out of reach
     * @throws io.alphakeep.config.Failure when it has no such schema
     */
    public Advice advise() {
        Observed observed = reader.read();
        Advice advice = judge(observed);
        return observed.server()
                .hypothetical()
                .map(extension -> weighed(advice, new Hypothetical(transactions, extension)))
                .orElse(advice);
    }

    private static Advice weighed(Advice advice, Hypothetical hypothetical) {
        return new Advice(
                advice.findings().stream()
                        .map(finding -> MissingIndexes.query(finding)
                                .flatMap(query -> hypothetical.costs(
                                        finding.changes().get(0).sql(), query))
                                .map(costs -> finding.withEvidence(finding.evidence() + "; " + costs))
                                .orElse(finding))
                        .toList(),
                advice.unseen());
    }

    static Advice judge(Observed observed) {
        List<Finding> findings = Rules.on(observed);
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        List<String> unseen = new ArrayList<>(observed.unseen());
        unseen.addAll(Rules.unjudged(observed.machine()));
        return new Advice(findings, unseen);
    }
}
