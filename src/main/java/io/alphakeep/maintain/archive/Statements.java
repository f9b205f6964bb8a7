package io.alphakeep.maintain.archive;

import io.alphakeep.db.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The SQL of the archive's steps, as it runs and as {@code --dry-run} prints it. Names carry their schema. */
record Statements(String schema, String table) {

    /** Stands on a table until it is attached: for want of it ATTACH would scan the table under its lock. */
    private static final String BOUNDS = "alpha_bounds";

    String archive() {
        return table + "_archive";
    }

    String name(String relation) {
        return Identifier.quote(schema) + "." + Identifier.quote(relation);
    }

    /** Months into a year: in key order, so that a series' bars lie together; indexes as the parent's. */
    List<String> copy(String copy, Range range, int fillfactor, boolean lz4, String owner) {
        List<String> all = new ArrayList<>();
        all.add("CREATE TABLE " + name(copy) + " (LIKE " + name(table)
                + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING STORAGE INCLUDING COMPRESSION)"
                + " WITH (fillfactor = " + fillfactor + ")");
        all.add(owner(copy, owner));
        if (lz4) {
            all.add("ALTER TABLE " + name(copy) + " ALTER COLUMN raw_payload SET COMPRESSION lz4");
        }
        all.add("INSERT INTO " + name(copy) + " SELECT * FROM " + name(table) + " WHERE " + range.condition()
                + " ORDER BY ticker, endpoint, \"timestamp\"");
        all.add("ALTER TABLE " + name(copy) + " ADD CONSTRAINT " + BOUNDS + " CHECK (" + range.condition() + ")");
        return all;
    }

    String vacuum(String relation) {
        return "VACUUM (FREEZE, ANALYZE) " + name(relation);
    }

    /** What writers wait for and readers do not. */
    String keepWritersOut(List<String> relations) {
        return "LOCK TABLE ONLY " + names(relations) + " IN SHARE MODE";
    }

    /** For the moment of the exchange. */
    String keepEverybodyOut(String parent) {
        return "LOCK TABLE ONLY " + name(parent) + " IN ACCESS EXCLUSIVE MODE";
    }

    /** Who has a partition has its parent too, so that with the parent's lock nobody is waited for here. */
    String keepEverybodyOut(List<String> relations) {
        return "LOCK TABLE ONLY " + names(relations) + " IN ACCESS EXCLUSIVE MODE NOWAIT";
    }

    String detach(String parent, String relation) {
        return "ALTER TABLE " + name(parent) + " DETACH PARTITION " + name(relation);
    }

    String attach(String parent, String relation, Range range) {
        return "ALTER TABLE " + name(parent) + " ATTACH PARTITION " + name(relation) + " FOR VALUES " + range.bounds();
    }

    String rename(String relation, String to) {
        return "ALTER TABLE " + name(relation) + " RENAME TO " + Identifier.quote(to);
    }

    String addBounds(String relation, Range range) {
        return "ALTER TABLE " + name(relation) + " DROP CONSTRAINT IF EXISTS " + BOUNDS + ", ADD CONSTRAINT " + BOUNDS
                + " CHECK (" + range.condition() + ") NOT VALID";
    }

    String validateBounds(String relation) {
        return "ALTER TABLE " + name(relation) + " VALIDATE CONSTRAINT " + BOUNDS;
    }

    String dropBounds(String relation) {
        return "ALTER TABLE " + name(relation) + " DROP CONSTRAINT IF EXISTS " + BOUNDS;
    }

    String drop(String relation) {
        return "DROP TABLE IF EXISTS " + name(relation);
    }

    /** Whoever may read the table may read its archive. */
    List<String> createArchive(String owner) {
        return List.of(
                "CREATE TABLE " + name(archive()) + " (LIKE " + name(table)
                        + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING STORAGE"
                        + " INCLUDING COMPRESSION INCLUDING COMMENTS) PARTITION BY RANGE (\"timestamp\")",
                owner(archive(), owner),
                """
                DO $grants$
                DECLARE
                    held record;
                BEGIN
                    FOR held IN
                        SELECT privilege_type, CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS who
                        FROM pg_class, aclexplode(relacl)
                        WHERE oid = %s::regclass AND grantee <> relowner
                    LOOP
                        EXECUTE 'GRANT ' || held.privilege_type || ' ON ' || %s || ' TO ' || held.who;
                    END LOOP;
                END
                $grants$""".formatted(literal(name(table)), literal(name(archive()))));
    }

    /** The one who maintains may be a member of the owner only. */
    private String owner(String relation, String owner) {
        return "ALTER TABLE " + name(relation) + " OWNER TO " + Identifier.quote(owner);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Late rows of a year that has moved: the newer writing wins. */
    String fold(Range range) {
        return "INSERT INTO " + name(archive()) + " AS a SELECT * FROM " + name(table) + " WHERE " + range.condition()
                + " ORDER BY ticker, endpoint, \"timestamp\""
                + """

                ON CONFLICT (ticker, endpoint, "timestamp") DO UPDATE
                SET api_function = EXCLUDED.api_function, open_price = EXCLUDED.open_price,
                    high_price = EXCLUDED.high_price, low_price = EXCLUDED.low_price, close_price = EXCLUDED.close_price,
                    volume = EXCLUDED.volume, adjusted_close = EXCLUDED.adjusted_close,
                    dividend_amount = EXCLUDED.dividend_amount, split_coefficient = EXCLUDED.split_coefficient,
                    quality_flag = EXCLUDED.quality_flag, raw_payload = EXCLUDED.raw_payload,
                    ingestion_epoch = EXCLUDED.ingestion_epoch, updated_at = EXCLUDED.updated_at
                WHERE (a.*) IS DISTINCT FROM (EXCLUDED.*)""";
    }

    /** Rows of the range that the archive has not, or has otherwise. */
    String notInArchive(Range range) {
        return "SELECT /* alphakeep */ count(*) FROM (SELECT * FROM " + name(table) + " WHERE " + range.condition()
                + " EXCEPT SELECT * FROM " + name(archive()) + " WHERE " + range.condition() + ") AS missing";
    }

    /** What {@link Contents} holds. */
    String contents(String relation) {
        return "SELECT /* alphakeep */ count(*), coalesce(sum(hash_record_extended(t, 0)), 0) FROM ONLY "
                + name(relation) + " AS t";
    }

    /**
     * Into a table of the transaction: the keys of rows that the copy has not as the months have them by now. Damaged are
     * those that nobody has written since the copy was made; there can be none.
     *
     * @param oldest the oldest transaction that was at work when the copy was begun
     */
    String differences(String copy, Range range, long oldest) {
        return """
                CREATE TEMPORARY TABLE alpha_difference ON COMMIT DROP AS
                SELECT coalesce(m.ticker, c.ticker) AS ticker, coalesce(m.endpoint, c.endpoint) AS endpoint,
                       coalesce(m."timestamp", c."timestamp") AS "timestamp",
                       coalesce(age(m.written_by) > age('%d'::xid8::xid), false) AS damaged
                FROM (SELECT ticker, endpoint, "timestamp", xmin AS written_by, t AS whole FROM %s AS t WHERE %s) AS m
                FULL JOIN (SELECT ticker, endpoint, "timestamp", t AS whole FROM %s AS t) AS c
                    ON c.ticker = m.ticker AND c.endpoint = m.endpoint AND c."timestamp" = m."timestamp"
                WHERE m.whole IS DISTINCT FROM c.whole""".formatted(oldest, name(table), range.condition(), name(copy));
    }

    String removeDifferent(String copy) {
        return """
                DELETE FROM %s AS c USING pg_temp.alpha_difference AS d
                WHERE c.ticker = d.ticker AND c.endpoint = d.endpoint AND c."timestamp" = d."timestamp\"""".formatted(name(copy));
    }

    String addDifferent(String copy, Range range) {
        return """
                INSERT INTO %s
                SELECT m.* FROM pg_temp.alpha_difference AS d JOIN %s AS m
                    ON m.ticker = d.ticker AND m.endpoint = d.endpoint AND m."timestamp" = d."timestamp"
                WHERE m.%s""".formatted(name(copy), name(table), range.condition().replace(" AND ", " AND m."));
    }

    private String names(List<String> relations) {
        return relations.stream().map(this::name).collect(Collectors.joining(", ONLY "));
    }
}
