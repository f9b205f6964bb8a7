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
        long target = target(observed, value);
        String evidence = value + ", " + observed.server().connections() + " in use";
        if (value < target) {
            return set(
                    observed, target, Severity.WARN, evidence, "one run takes 6, maintenance and readers come on top");
        }
        return value == target
                ? List.of()
                : set(
                        observed,
                        target,
                        value > FAR_TOO_MANY * target ? Severity.WARN : Severity.INFO,
                        evidence + ", " + observed.machine().cpus().orElse(0) + " processors",
                        "each may take work_mem, and more than the processors serve only wait for each other; many clients"
                                + " share few connections through a pooler");
    }

    /** The value itself where it is well, or where it is not known what would be. */
    private static long target(Observed observed, long value) {
        if (value < FEW) {
            return PLAN;
        }
        if (observed.machine().cpus().isEmpty()) {
            return value;
        }
        long most = Math.max(
                PER_CPU * observed.machine().cpus().getAsInt(),
                2 * observed.server().connections());
        return Math.min(value, Math.max(PLAN, most));
    }

    /** What a setting for each connection has to reckon with: what this rule leaves or advises, so that one round is enough. */
    static OptionalLong reckoned(Observed observed) {
        OptionalLong value = observed.server().number("max_connections");
        return value.isPresent() ? OptionalLong.of(target(observed, value.getAsLong())) : value;
    }

    private static List<Finding> set(Observed observed, long target, Severity severity, String evidence, String why) {
        return new Alter(observed)
                .to(target + "", "max_connections", "max-connections", severity, evidence, why, "connection");
    }
}
