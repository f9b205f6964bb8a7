package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Table;
import java.util.ArrayList;
import java.util.List;

/** Autovacuum runs, for every table of ours, and often enough for the large ones. */
final class Autovacuum implements Rule {

    private static final long LARGE_ROWS = 10_000_000;
    private static final double HIGH_SCALE = 0.1;
    private static final String SCALE = "autovacuum_vacuum_scale_factor";
    private static final String STORAGE = "sql-createtable.html#SQL-CREATETABLE-STORAGE-PARAMETERS";

    @Override
    public List<Finding> on(Observed observed) {
        List<Finding> findings = new ArrayList<>();
        if (observed.server().text("autovacuum").equals("off")) {
            findings.addAll(new Alter(observed)
                    .to(
                            "on",
                            "autovacuum",
                            "autovacuum-off",
                            Severity.CRITICAL,
                            "off; " + Sizes.dead(observed.tables()),
                            "nobody removes dead rows, gathers statistics or freezes old transactions",
                            "vacuum"));
        }
        if (observed.server().text("track_counts").equals("off")) {
            findings.addAll(new Alter(observed)
                    .to(
                            "on",
                            "track_counts",
                            "track-counts-off",
                            Severity.CRITICAL,
                            "off; " + Sizes.dead(observed.tables()),
                            "autovacuum does not know what changed, and does nothing",
                            "statistics"));
        }
        for (Table table : observed.tables()) {
            for (String option : List.of("autovacuum_enabled", "toast.autovacuum_enabled")) {
                if (isOff(table.options().getOrDefault(option, "on"))) {
                    findings.add(off(table, option));
                }
            }
            scale(observed, table).ifPresent(findings::add);
        }
        return findings;
    }

    /** As PostgreSQL reads a boolean: any beginning of false, no, off, and 0. */
    private static boolean isOff(String value) {
        return value.equals("0") || value.matches("(?i)f|fa|fal|fals|false|n|no|of|off");
    }

    private static Finding off(Table table, String option) {
        String alter = "ALTER TABLE " + table.qualified();
        return new Finding(
                "autovacuum-table",
                Severity.WARN,
                table.name(),
                option + " is off, " + Sizes.count(table.dead()) + " dead of "
                        + Sizes.count(table.rows() + table.dead()) + " rows",
                "its dead rows stay, and its statistics grow old",
                List.of(new Change(
                        alter + " RESET (" + option + ")",
                        alter + " SET (" + option + " = " + table.options().get(option) + ")",
                        Change.Effect.NOW)),
                "",
                STORAGE);
    }

    private static java.util.Optional<Finding> scale(Observed observed, Table table) {
        String global = observed.server().text(SCALE);
        boolean high = global.matches("[0-9.]+") && Double.parseDouble(global) >= HIGH_SCALE;
        if (!high
                || table.rows() < LARGE_ROWS
                || table.options().containsKey(SCALE)
                || table.dead() < table.rows() / 50) {
            return java.util.Optional.empty();
        }
        String alter = "ALTER TABLE " + table.qualified();
        return java.util.Optional.of(new Finding(
                "autovacuum-scale",
                Severity.INFO,
                table.name(),
                Sizes.count(table.rows()) + " rows, " + Sizes.count(table.dead()) + " dead; autovacuum comes at "
                        + Sizes.count((long) (table.rows() * Double.parseDouble(global))),
                "in a large table a fifth of dead rows is much; smaller passes come sooner and take less",
                List.of(new Change(
                        alter + " SET (" + SCALE + " = 0.02)", alter + " RESET (" + SCALE + ")", Change.Effect.NOW)),
                "",
                STORAGE));
    }
}
