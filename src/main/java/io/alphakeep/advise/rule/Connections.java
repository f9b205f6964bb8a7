package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import java.util.List;
import java.util.OptionalLong;

/** The plan's hundred connections, more where there are processors for them, or where they are in use. */
final class Connections implements Rule {

    private static final long PLAN = 100;
    private static final long FEW = 20;
    private static final long PER_CPU = 25;
    private static final long FAR_TOO_MANY = 4;

    @Override
    public List<Finding> on(Observed observed) {
        long value = observed.server().number("max_connections").orElse(PLAN);
        long used = observed.server().connections();
        String evidence = value + ", " + used + " in use";
        if (value < FEW) {
            return set(observed, PLAN, Severity.WARN, evidence, "one run takes 6, maintenance and readers come on top");
        }
        if (observed.machine().cpus().isEmpty()) {
            return List.of();
        }
        int cpus = observed.machine().cpus().getAsInt();
        long most = Math.max(PLAN, Math.max(PER_CPU * cpus, 2 * used));
        return value <= most
                ? List.of()
                : set(
                        observed,
                        most,
                        value > FAR_TOO_MANY * most ? Severity.WARN : Severity.INFO,
                        evidence + ", " + cpus + " processors",
                        "each may take work_mem, and more than the processors serve only wait for each other; many clients"
                                + " share few connections through a pooler");
    }

    /** What a setting for each connection has to reckon with: what there is, and what this rule advises instead when it is more. */
    static OptionalLong reckoned(Observed observed) {
        OptionalLong value = observed.server().number("max_connections");
        return value.isPresent() && value.getAsLong() < FEW ? OptionalLong.of(PLAN) : value;
    }

    private static List<Finding> set(Observed observed, long target, Severity severity, String evidence, String why) {
        return new Alter(observed)
                .to(target + "", "max_connections", "max-connections", severity, evidence, why, "connection");
    }
}
