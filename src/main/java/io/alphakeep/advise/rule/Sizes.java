package io.alphakeep.advise.rule;

import io.alphakeep.advise.seen.Table;
import java.util.List;
import java.util.Locale;

/** Sizes for people and for settings. */
final class Sizes {

    static final long MIB = 1024L * 1024;
    static final long GIB = 1024 * MIB;
    static final long PAGE = 8192;

    private Sizes() {}

    /** {@code 1.5 GiB}. */
    static String text(long bytes) {
        if (bytes >= GIB) {
            return number(bytes / (double) GIB) + " GiB";
        }
        return bytes >= MIB ? number(bytes / (double) MIB) + " MiB" : (bytes / 1024) + " KiB";
    }

    /** As a setting takes it, {@code 1536MB}; rounded down to MiB, at least 1. */
    static String setting(long bytes) {
        long mib = Math.max(1, bytes / MIB);
        return mib % 1024 == 0 ? mib / 1024 + "GB" : mib + "MB";
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** What hangs on a server-wide setting: {@code 34,000 rows in 30 tables}. Once it is analysed, a partitioned table has the
     *  rows of its partitions, too. */
    static String rows(List<Table> tables) {
        List<Table> leaves = leaves(tables);
        return count(leaves.stream().mapToLong(Table::rows).sum()) + " rows in " + count(leaves.size()) + " tables";
    }

    /** What hangs on autovacuum: {@code 12 dead of 34,000 rows in 30 tables}. */
    static String dead(List<Table> tables) {
        List<Table> leaves = leaves(tables);
        long dead = leaves.stream().mapToLong(Table::dead).sum();
        long rows = leaves.stream().mapToLong(Table::rows).sum();
        return count(dead) + " dead of " + count(rows + dead) + " rows in " + count(leaves.size()) + " tables";
    }

    private static List<Table> leaves(List<Table> tables) {
        return tables.stream().filter(table -> !table.isPartitioned()).toList();
    }

    static String duration(long seconds) {
        if (seconds >= 2 * 86_400) {
            return seconds / 86_400 + " days";
        }
        return seconds >= 2 * 3_600 ? seconds / 3_600 + " h" : seconds >= 120 ? seconds / 60 + " min" : seconds + " s";
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
