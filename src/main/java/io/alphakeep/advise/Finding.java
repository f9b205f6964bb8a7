package io.alphakeep.advise;

import java.util.List;

/**
 * Something that could be better.
 *
 * @param id       of the rule, stable; docs/advise.md lists them
 * @param subject  the setting, table, index, session … that it is about
 * @param evidence what was seen, in numbers
 * @param why      what it costs
 * @param changes  statements that mend it, in order; empty where no statement does
 * @param next     what to do beside or in place of them; may be empty
 * @param manual   address of the page of the PostgreSQL manual; given as what follows {@code docs/current/}
 */
public record Finding(
        String id,
        Severity severity,
        String subject,
        String evidence,
        String why,
        List<Change> changes,
        String next,
        String manual) {

    private static final String MANUAL = "https://www.postgresql.org/docs/current/";

    public Finding {
        changes = List.copyOf(changes);
        manual = manual.startsWith(MANUAL) ? manual : MANUAL + manual;
    }

    Finding withEvidence(String more) {
        return new Finding(id, severity, subject, more, why, changes, next, manual);
    }
}
