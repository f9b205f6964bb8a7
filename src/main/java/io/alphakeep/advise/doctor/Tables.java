package io.alphakeep.advise.doctor;

import io.alphakeep.db.Schema;
import java.util.List;

/** The tables are there, and of this program's version. */
final class Tables {

    private static final String MISSING = "has no tables of alphakeep";

    private Tables() {}

    static Check of(Schema.State state, Schema schema, String name, String id) {
        String where = "the schema " + name;
        return switch (state) {
            case CURRENT -> Check.ok(id, where + " is this program's");
            case MISSING -> Check.fail(id, where + " " + MISSING, "alphakeep migrate");
            case BEHIND -> {
                List<String> pending = schema.pending();
                yield Check.fail(
                        id,
                        where + " is older than this program, it lacks " + String.join(", ", pending),
                        "alphakeep migrate");
            }
            case NEWER -> Check.fail(id, where + " was made by a newer alphakeep", "use that version, or a later one");
            case FOREIGN ->
                Check.fail(
                        id,
                        where + " " + MISSING + ", but tables of the same names, which somebody else made",
                        "set ALPHAKEEP_SCHEMA to another schema, then: alphakeep migrate");
        };
    }
}
