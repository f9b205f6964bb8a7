package io.alphakeep.db;

/** Names of database objects inside SQL text; everything else that varies is a bind parameter. */
public final class Identifier {

    private Identifier() {}

    /** The name in double quotes, whatever is in it. */
    public static String quote(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a name of a database object: '" + name + "'");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
