package io.alphakeep.advise.seen;

import io.alphakeep.db.Identifier;

/**
 * An index of one table, or of a partitioned one with those of its partitions.
 *
 * @param partitioned of a partitioned table: scans and pages are those of all its partitions' indexes
 * @param valid      queries use it
 * @param building   somebody builds it now, or may do so: who may not see that is told so
 * @param unique     it refuses equal keys
 * @param needed     a constraint, an index of the parent or the table's identity for replication hangs on it
 * @param scans      since the counters began
 * @param pages      of 8 KiB, estimate
 * @param needsPages estimate of what it would take if it were built anew; 0 where that can't be said
 * @param keys       the key columns by their numbers, in order, each with operator class, collation and direction
 * @param extra      columns that it carries along
 * @param rest       method, expressions and predicate: what must be equal for two to be alike
 * @param plain      a B-tree without expressions and without predicate
 * @param definition the statement that makes it
 */
public record Index(
        String schema,
        String name,
        String table,
        boolean partitioned,
        boolean valid,
        boolean building,
        boolean unique,
        boolean needed,
        long scans,
        long pages,
        long needsPages,
        String keys,
        String extra,
        String rest,
        boolean plain,
        String definition) {

    /** Schema and name, quoted. */
    public String qualified() {
        return Identifier.quote(schema) + "." + Identifier.quote(name);
    }

    /** What makes it again: without keeping writers out, but for one of a partitioned table, for which there is no such way. */
    public String create() {
        return partitioned
                ? definition.replaceFirst(" ON ONLY ", " ON ")
                : definition.replaceFirst("^CREATE (UNIQUE )?INDEX ", "CREATE $1INDEX CONCURRENTLY ");
    }
}
