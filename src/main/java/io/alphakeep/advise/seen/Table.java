package io.alphakeep.advise.seen;

import io.alphakeep.db.Identifier;
import java.util.Map;
import java.util.Set;

/**
 * A table, by the server's statistics.
 *
 * @param kind     {@code r}, or {@code p} for a partitioned one
 * @param parent   name of the table that it is a partition of; empty when it is none
 * @param pages    of 8 KiB, estimate of the last VACUUM or ANALYZE; of a table that has seen neither, as they are
 * @param rows     live, estimate
 * @param dead     row versions that nobody can see and that still take space
 * @param measured {@code dead} was counted by pgstattuple, not estimated
 * @param free     part of its space that no row takes, 0 to 1, by pgstattuple; 0 where that was not asked
 * @param options  storage parameters that were set; those of its TOAST table begin with {@code toast.}
 * @param jsonb    names of its columns of that type
 */
public record Table(
        String schema,
        String name,
        char kind,
        String parent,
        long pages,
        long rows,
        long dead,
        boolean measured,
        double free,
        Map<String, String> options,
        Set<String> jsonb) {

    /** Schema and name, quoted. */
    public String qualified() {
        return Identifier.quote(schema) + "." + Identifier.quote(name);
    }

    public boolean isPartitioned() {
        return kind == 'p';
    }
}
