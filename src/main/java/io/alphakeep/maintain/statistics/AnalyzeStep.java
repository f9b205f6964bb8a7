package io.alphakeep.maintain.statistics;

import io.alphakeep.db.Identifier;
import io.alphakeep.maintain.Step;
import java.util.List;

/**
 * New statistics for a table.
 *
 * @param only a partitioned parent without its partitions, which PostgreSQL 18 and later can
 */
record AnalyzeStep(String schema, String table, boolean only, String why) implements Step {

    @Override
    public String action() {
        return "analyze";
    }

    @Override
    public String target() {
        return table;
    }

    @Override
    public List<String> sql() {
        return List.of("ANALYZE (SKIP_LOCKED) " + (only ? "ONLY " : "") + Identifier.quote(schema) + "."
                + Identifier.quote(table));
    }
}
