package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.seen.AnIndex;
import io.alphakeep.advise.seen.Index;
import io.alphakeep.advise.seen.Machine;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Server;
import io.alphakeep.advise.seen.Server.Setting;
import io.alphakeep.advise.seen.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A server that no rule finds anything on, to be made worse in one place. */
final class Seen {

    static final long GIB = 1L << 30;

    /** November 2026. */
    private static final int MONTH = 2026 * 12 + 10;

    final Map<String, Setting> settings = new HashMap<>();
    final List<Table> tables = new ArrayList<>();
    final List<Index> indexes = new ArrayList<>();
    final List<Observed.Partition> partitions = new ArrayList<>();
    final List<Observed.Session> sessions = new ArrayList<>();
    final List<Observed.Slot> slots = new ArrayList<>();
    final List<Observed.Query> queries = new ArrayList<>();
    final List<Observed.Age> ages = new ArrayList<>();
    final List<Observed.Age> oldest = new ArrayList<>();
    Machine machine = machine(16 * GIB, 4, Machine.Storage.SSD);
    Optional<String> maker = Optional.of("public.create_monthly_partition");
    long connections = 10;
    long countedSeconds = 30 * 86_400;
    OptionalLong resetSeconds = OptionalLong.of(30 * 86_400);
    long tempBytes = 0;
    long requested = 0;
    long walBuffersFull = 0;

    Seen() {
        set("autovacuum", "on", "");
        set("track_counts", "on", "");
        set("fsync", "on", "");
        set("full_page_writes", "on", "");
        set("synchronous_commit", "on", "");
        set("shared_buffers", "524288", "8kB");
        set("effective_cache_size", "1572864", "8kB");
        set("work_mem", "65536", "kB");
        set("maintenance_work_mem", "1048576", "kB");
        set("temp_buffers", "5120", "8kB");
        set("wal_buffers", "2048", "8kB");
        set("checkpoint_timeout", "900", "s");
        set("max_wal_size", "4096", "MB");
        set("max_connections", "100", "");
        set("random_page_cost", "1.1", "");
        set("log_min_duration_statement", "1000", "ms");
        set("autovacuum_vacuum_scale_factor", "0.2", "");
        settings.put(
                "default_toast_compression",
                new Setting("lz4", "", "configuration file", "", false, false, "pglz,lz4"));
        tables.add(table("alpha_market_data", 'p', "", 0, 0, 0));
        tables.add(table("alpha_fundamental_data", 'r', "", 2_000, 20_000, 0));
        for (int ahead = 0; ahead <= 3; ahead++) {
            month(ahead);
        }
        index("alpha_fundamental_data_pkey", "alpha_fundamental_data", "1 2 3 4", true, true);
        for (String column : List.of("market_cap", "pe_ratio", "dividend_yield", "eps", "beta")) {
            indexes.add(document("idx_alpha_fund_" + column, "(" + column + ")"));
        }
        indexes.add(document("idx_alpha_fund_market_cap_text", "(((financial_data ->> 'MarketCap'::text))::numeric)"));
        ages.add(new Observed.Age("market", 1_000_000, 1_000));
    }

    static Machine machine(long memory, int cpus, Machine.Storage storage) {
        return new Machine(OptionalLong.of(memory), OptionalInt.of(cpus), Optional.of(storage), "--memory");
    }

    Seen set(String name, String value, String unit) {
        return set(name, value, unit, "configuration file");
    }

    Seen set(String name, String value, String unit, String source) {
        settings.put(name, new Setting(value, unit, source, "", false, name.equals("shared_buffers"), ""));
        return this;
    }

    static Table table(String name, char kind, String parent, long pages, long rows, long dead) {
        boolean document = name.equals("alpha_fundamental_data");
        boolean bars = (name + parent).contains("alpha_market_data");
        return new Table(
                "public",
                name,
                kind,
                parent,
                pages,
                rows,
                dead,
                false,
                0,
                Map.of(),
                document ? Set.of("financial_data", "raw_payload") : bars ? Set.of("raw_payload") : Set.of());
    }

    void month(int ahead) {
        int month = MONTH + ahead;
        String name = String.format("alpha_market_data_%04d_%02d", month / 12, month % 12 + 1);
        tables.add(table(name, 'r', "alpha_market_data", 2_000, 20_000, 0));
        partitions.add(new Observed.Partition("alpha_market_data", name, false, ahead, ahead));
        indexes.add(AnIndex.of(name + "_price_summary_ak012345", name)
                .pages(10, 0)
                .keys("1 2")
                .including("8")
                .like("btree WHERE x")
                .on("USING btree (ticker, \"timestamp\") WHERE x"));
    }

    private static Index document(String name, String key) {
        return AnIndex.of(name, "alpha_fundamental_data")
                .pages(10, 0)
                .keys("9")
                .including("1")
                .like("btree " + name)
                .on("USING btree " + key + " INCLUDE (ticker)");
    }

    /** A B-tree over columns. */
    Seen index(String name, String table, String keys, boolean unique, boolean needed) {
        return index(name, table, keys, unique, needed, 5, 100, 100);
    }

    Seen index(
            String name, String table, String keys, boolean unique, boolean needed, long scans, long pages, long anew) {
        indexes.add(AnIndex.of(name, table)
                .unique(unique)
                .needed(needed)
                .scans(scans)
                .pages(pages, anew)
                .keys(keys)
                .on("USING btree (" + keys.replace(' ', ',') + ")"));
        return this;
    }

    Observed observed() {
        Server server = new Server(
                180006,
                MONTH,
                "market",
                "keeper",
                settings,
                connections,
                countedSeconds,
                resetSeconds,
                tempBytes,
                100,
                requested,
                walBuffersFull,
                maker,
                Optional.empty());
        return new Observed(
                machine, server, tables, indexes, partitions, sessions, slots, queries, ages, oldest, List.of());
    }

    List<Finding> findings() {
        return Rules.on(observed());
    }

    /** Id and severity of each finding, in their order: {@code shared-buffers warn}. */
    String found() {
        return findings().stream()
                .map(finding -> finding.id() + " " + finding.severity().text())
                .collect(Collectors.joining(", "));
    }

    Finding only() {
        List<Finding> findings = findings();
        if (findings.size() != 1) {
            throw new AssertionError(findings.toString());
        }
        return findings.get(0);
    }
}
