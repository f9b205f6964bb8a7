package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Index;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tables and indexes take the space that their rows need. */
final class Bloat implements Rule {

    static final String INDEX = "index-bloat";

    private static final long MANY_DEAD = 10_000;
    private static final double MUCH_DEAD = 0.2;
    private static final long LARGE_PAGES = 10 * Sizes.MIB / Sizes.PAGE;
    private static final double MUCH_FREE = 0.5;
    private static final double FAR_TOO_LARGE = 2.5;

    @Override
    public List<Finding> on(Observed observed) {
        List<Finding> findings = new ArrayList<>();
        for (Table table : observed.tables()) {
            double part = table.dead() / Math.max(1.0, table.rows() + table.dead());
            if (!table.isPartitioned() && table.dead() >= MANY_DEAD && part >= MUCH_DEAD) {
                findings.add(dead(table, part));
            }
            if (table.pages() >= LARGE_PAGES && table.free() >= MUCH_FREE) {
                findings.add(free(table));
            }
        }
        for (Index index : observed.indexes()) {
            if (index.valid()
                    && index.needsPages() > 0
                    && index.pages() >= LARGE_PAGES
                    && index.pages() >= FAR_TOO_LARGE * index.needsPages()) {
                findings.add(large(index));
            }
        }
        return findings;
    }

    private static Finding dead(Table table, double part) {
        return new Finding(
                "table-bloat",
                Severity.WARN,
                table.name(),
                String.format(
                        Locale.ROOT,
                        "%,d dead of %,d rows, %.0f %% (%s), %s",
                        table.dead(),
                        table.rows() + table.dead(),
                        part * 100,
                        table.measured() ? "by pgstattuple" : "the server's estimate",
                        Sizes.text(table.pages() * Sizes.PAGE)),
                "each reading of the table goes over them, and they take space and cache",
                List.of(new Change("VACUUM (ANALYZE) " + table.qualified(), "", Change.Effect.NOW)),
                "if they stay, an open transaction, a prepared one or a replication slot still sees them",
                "routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY");
    }

    /** A table of which VACUUM has made free space does not get smaller by itself, but at its end. */
    private static Finding free(Table table) {
        return new Finding(
                "table-free-space",
                Severity.INFO,
                table.name(),
                String.format(
                        Locale.ROOT,
                        "%.0f %% of %s is free (by pgstattuple), %,d rows",
                        table.free() * 100,
                        Sizes.text(table.pages() * Sizes.PAGE),
                        table.rows()),
                "new rows go there first; where none come it is read, cached and backed up for nothing",
                List.of(new Change("VACUUM (FULL, ANALYZE) " + table.qualified(), "", Change.Effect.REVIEW)),
                "leave it where the table will grow again; VACUUM FULL keeps everybody out and takes the disk of a copy while it"
                        + " works, the extension pg_repack does the same beside readers and writers",
                "sql-vacuum.html");
    }

    private static Finding large(Index index) {
        return new Finding(
                INDEX,
                Severity.INFO,
                index.name(),
                Sizes.text(index.pages() * Sizes.PAGE) + ", about " + Sizes.text(index.needsPages() * Sizes.PAGE)
                        + " if it were built anew (estimate)",
                "its pages are mostly empty, and read and cached all the same",
                List.of(new Change("REINDEX INDEX CONCURRENTLY " + index.qualified(), "", Change.Effect.NOW)),
                "",
                "routine-reindex.html");
    }
}
