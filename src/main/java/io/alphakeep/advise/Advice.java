package io.alphakeep.advise;

import java.util.List;

/**
 * What was found, and what was not looked at.
 *
 * @param findings the worst first, then by the order of the rules
 * @param unseen   what could not be judged and why, one line each
 */
public record Advice(List<Finding> findings, List<String> unseen) {

    public Advice {
        findings = List.copyOf(findings);
        unseen = List.copyOf(unseen);
    }

    public long count(Severity severity) {
        return findings.stream().filter(found -> found.severity() == severity).count();
    }

    /** Whether anything is at least as bad. */
    public boolean reaches(Severity severity) {
        return findings.stream().anyMatch(found -> found.severity().compareTo(severity) >= 0);
    }
}
