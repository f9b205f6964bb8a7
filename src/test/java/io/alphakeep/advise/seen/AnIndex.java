package io.alphakeep.advise.seen;

/** An index for tests: a valid B-tree of a plain table that nothing hangs on, of one page and never scanned, unless said otherwise. */
public final class AnIndex {

    private final String name;
    private final String table;
    private boolean partitioned;
    private boolean valid = true;
    private boolean building;
    private boolean unique;
    private boolean needed;
    private long scans;
    private long pages = 1;
    private long needsPages;
    private String keys = "1";
    private String extra = "";
    private String rest = "btree";
    private boolean plain = true;

    private AnIndex(String name, String table) {
        this.name = name;
        this.table = table;
    }

    public static AnIndex of(String name, String table) {
        return new AnIndex(name, table);
    }

    public AnIndex partitioned() {
        partitioned = true;
        return this;
    }

    public AnIndex invalid(boolean isBeingBuilt) {
        valid = false;
        building = isBeingBuilt;
        return this;
    }

    public AnIndex unique(boolean refusesEqualKeys) {
        unique = refusesEqualKeys;
        return this;
    }

    public AnIndex needed(boolean somethingHangsOnIt) {
        needed = somethingHangsOnIt;
        return this;
    }

    public AnIndex scans(long since) {
        scans = since;
        return this;
    }

    public AnIndex pages(long now, long builtAnew) {
        pages = now;
        needsPages = builtAnew;
        return this;
    }

    public AnIndex keys(String columns) {
        keys = columns;
        return this;
    }

    public AnIndex including(String columns) {
        extra = columns;
        return this;
    }

    /** Not a plain B-tree: its method, expressions and predicate. */
    public AnIndex like(String methodAndPredicate) {
        rest = methodAndPredicate;
        plain = false;
        return this;
    }

    /** @param how what follows the name in the statement that makes it: {@code USING btree (a)} */
    public Index on(String how) {
        String definition = "CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + quoted() + " ON "
                + (partitioned ? "ONLY " : "") + "public." + table + " " + how;
        return new Index(
                "public",
                name,
                table,
                partitioned,
                valid,
                building,
                unique,
                needed,
                scans,
                pages,
                needsPages,
                keys,
                extra,
                rest,
                plain,
                definition);
    }

    private String quoted() {
        return name.matches("\\w+") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
