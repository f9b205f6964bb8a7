package io.alphakeep.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables that come of it, in Markdown; written anew after each phase, so that a failure leaves what was there. */
public final class ScaleReport {

    private static final String SIZES = """
            SELECT format('%s | %s | %s | %s', count(*), pg_size_pretty(sum(pg_table_size(relid))),
                          pg_size_pretty(sum(pg_indexes_size(relid))), pg_size_pretty(pg_database_size(current_database())))
            FROM pg_partition_tree('alpha_market_data') WHERE isleaf
            """;

    private final ScaleDatabase database;
    private final Path file;
    private final List<String> sizes = new ArrayList<>();
    private final List<String> waits = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String walAt;
    private long startedAt;

    public ScaleReport(ScaleDatabase database, Path file) {
        this.database = database;
        this.file = file;
        notes.add(database.value("SELECT version()"));
        notes.add(database.value("""
                SELECT string_agg(name || ' = ' || current_setting(name), ', ' ORDER BY name) FROM pg_settings
                WHERE name IN ('shared_buffers', 'max_wal_size', 'fsync', 'synchronous_commit', 'wal_level')"""));
        notes.add(Runtime.getRuntime().availableProcessors() + " processors");
        begin();
    }

    /** The time and the WAL of what is reported next are counted from here. */
    public void begin() {
        walAt = database.value("SELECT pg_current_wal_lsn()");
        startedAt = System.nanoTime();
    }

    /** @param what that has just been done, after which there are so many bars */
    public void size(String what, long rows) {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        String wal = database.value("SELECT pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), '" + walAt + "'))");
        long bytes = database.number(
                "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('alpha_market_data') WHERE isleaf");
        sizes.add(String.format(
                Locale.ROOT,
                "| %s | %,d | %s | %d | %.1f | %s |",
                what,
                rows,
                database.value(SIZES),
                bytes / rows,
                seconds,
                wal));
        write();
        begin();
    }

    public void waits(String phase, Measured measured) {
        measured.all().forEach((kind, waited) -> {
            if (waited.count() > 0) {
                waits.add("| " + phase + " | " + kind + " | " + waited.line() + " |");
            }
        });
        write();
    }

    /** A step of maintenance, its columns given. */
    public void step(String line) {
        steps.add("| " + line + " |");
        write();
    }

    public void note(String note) {
        notes.add(note);
        write();
    }

    private void write() {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return text();
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        notes.forEach(note -> lines.add("- " + note));
        lines.add("\n| after | bars | partitions | tables | indexes | database | bytes/row | seconds | WAL |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        lines.addAll(sizes);
        lines.add("\n| phase | kind | count | median ms | p99 ms | worst ms |");
        lines.add("|---|---|---|---|---|---|");
        lines.addAll(waits);
        lines.add("\n| pass | step | target | outcome | seconds | detail |");
        lines.add("|---|---|---|---|---|---|");
        lines.addAll(steps);
        return String.join("\n", lines) + "\n";
    }
}
