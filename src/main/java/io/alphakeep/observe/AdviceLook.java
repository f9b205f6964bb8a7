package io.alphakeep.observe;

import io.alphakeep.advise.Advice;
import io.alphakeep.advise.Advisor;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Machine;
import io.alphakeep.db.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** How much there is to advise; what it is, the verb says. It reads many catalogues, and what it finds changes slowly. */
final class AdviceLook {

    private static final Duration EVERY = Duration.ofMinutes(15);

    private final Advisor advisor;

    /** @param machine of the server, from the process id of one of its sessions */
    AdviceLook(Transactions transactions, IntFunction<Machine> machine) {
        this.advisor = new Advisor(transactions, machine);
    }

    Look look() {
        return new Look("findings", List.of(Meter.FINDINGS), EVERY, this::findings);
    }

    private List<Sample> findings() {
        Advice advice = advisor.advise();
        return Stream.of(Severity.values())
                .map(severity -> Sample.of(Meter.FINDINGS, advice.count(severity), severity.text()))
                .toList();
    }
}
