package io.alphakeep.advise.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.seen.AnIndex;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Server.Setting;
import io.alphakeep.advise.seen.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for each finding that there can be, and that there are as many as docs/advise.md says. */
class EveryFindingTest {

    private static final Pattern ID = Pattern.compile("`([a-z-]+)`");

    private static final List<Consumer<Seen>> SPOILED = List.of(
            EveryFindingTest::settings,
            EveryFindingTest::tables,
            EveryFindingTest::indexes,
            EveryFindingTest::activity,
            seen -> seen.partitions.clear(),
            seen -> seen.set("autovacuum", "off", "", "command line"));

    private static void settings(Seen seen) {
        for (String name : List.of("autovacuum", "track_counts", "fsync", "full_page_writes", "synchronous_commit")) {
            seen.set(name, "off", "");
        }
        for (String name :
                List.of("shared_buffers", "effective_cache_size", "work_mem", "maintenance_work_mem", "wal_buffers")) {
            seen.set(name, "16", "8kB");
        }
        seen.set("temp_buffers", "100", "8kB");
        seen.set("checkpoint_timeout", "60", "s");
        seen.set("max_wal_size", "1024", "MB");
        seen.set("max_connections", "5000", "");
        seen.set("random_page_cost", "4", "");
        seen.set("log_min_duration_statement", "-1", "ms");
        seen.settings.put(
                "default_toast_compression", new Setting("pglz", "", "default", "", false, false, "pglz,lz4"));
        seen.settings.put("huge_pages", new Setting("try", "", "configuration file", "", true, true, ""));
    }

    private static void tables(Seen seen) {
        seen.tables.add(new Table(
                "public", "alpha_x", 'r', "", 1, 10, 0, false, 0, Map.of("autovacuum_enabled", "off"), Set.of()));
        seen.tables.add(Seen.table("alpha_large", 'r', "", 1, 100_000_000, 2_000_000));
        seen.tables.add(Seen.table("alpha_dead", 'r', "", 500, 10_000, 10_000));
        seen.tables.add(new Table("public", "alpha_hollow", 'r', "", 2_000, 10, 0, true, 0.9, Map.of(), Set.of()));
        seen.tables.add(Seen.table("alpha_rest", 'r', "alpha_market_data", 1, 5, 0));
        seen.partitions.add(new Observed.Partition("alpha_market_data", "alpha_rest", true, null, null));
        for (int i = 0; i < 200; i++) {
            seen.partitions.add(new Observed.Partition("alpha_market_data", "p" + i, false, null, null));
        }
    }

    private static void indexes(Seen seen) {
        seen.index("alpha_twice", "alpha_fundamental_data", "1 2 3 4", false, false)
                .index("alpha_short", "alpha_fundamental_data", "1 2", false, false)
                .index("alpha_unused", "alpha_fundamental_data", "7", false, false, 0, 1, 1)
                .index("alpha_bloat", "alpha_fundamental_data", "8", true, true, 5, 5_000, 100);
        seen.indexes.removeIf(index ->
                index.name().equals("idx_alpha_fund_beta") || index.table().startsWith("alpha_market_data_"));
        seen.indexes.add(AnIndex.of("alpha_invalid", "alpha_fundamental_data")
                .invalid(false)
                .keys("9")
                .on("USING btree (x)"));
        seen.indexes.add(AnIndex.of("alpha_parent", "alpha_market_data")
                .partitioned()
                .keys("9")
                .on("USING btree (x)"));
    }

    private static void activity(Seen seen) {
        seen.sessions.add(new Observed.Session(1, "reader", "2026-11-24", "active", 9_000, 0, false));
        seen.sessions.add(new Observed.Session(2, "reader", "2026-11-24", "idle in transaction", 900, 900, false));
        seen.sessions.add(new Observed.Session(0, "lost", "2026-11-24", "prepared", 9_000, 0, false));
        seen.slots.add(new Observed.Slot("gone", false, 0, "reserved", ""));
        seen.slots.add(new Observed.Slot("behind", true, 20 * Seen.GIB, "extended", ""));
        seen.ages.add(new Observed.Age("market", 2_000_000_000, 5));
        seen.ages.add(new Observed.Age("another", 2_000_000_000, 5));
        seen.oldest.add(new Observed.Age("\"public\".\"old\"", 2_000_000_000, 5));
        seen.queries.add(query("SELECT 1 FROM alpha_market_data WHERE raw_payload::text LIKE $1", 1, 1));
        seen.queries.add(query("SELECT 1 FROM alpha_fundamental_data WHERE x = $1", 1, 5_000));
        seen.queries.add(query("SELECT 1 FROM alpha_x", 5_000, 1));
    }

    private static Observed.Query query(String text, double millis, double blocks) {
        return new Observed.Query("42", text, 10, millis, blocks, 1, 0);
    }

    private static List<Finding> all() {
        List<Finding> all = new ArrayList<>();
        for (Consumer<Seen> spoil : SPOILED) {
            Seen seen = new Seen();
            spoil.accept(seen);
            all.addAll(seen.findings());
        }
        return all;
    }

    @Test
    void eachHasNumbersAReasonAManualAndAWayBackOrAWordWhyNot() {
        assertThat(all()).allSatisfy(finding -> {
            assertThat(finding.subject()).isNotBlank();
            assertThat(finding.evidence()).containsPattern("\\d");
            assertThat(finding.why()).isNotBlank();
            assertThat(finding.manual())
                    .matches("https://www\\.postgresql\\.org/docs/current/[a-z-]+\\.html(#[A-Z0-9-]+)?");
            assertThat(finding.changes().isEmpty() && finding.next().isBlank())
                    .as("something to do: " + finding)
                    .isFalse();
            assertThat(finding.changes()).allSatisfy(change -> {
                assertThat(change.sql()).isNotBlank().doesNotEndWith(";");
                assertThat(change.undo()).doesNotEndWith(";");
                // VACUUM and REINDEX lose nothing; what else has no undo is looked at first.
                assertThat(!change.undo().isEmpty()
                                || change.effect() == Change.Effect.REVIEW
                                || change.sql().matches("(VACUUM|REINDEX) .*"))
                        .as("a way back: " + change)
                        .isTrue();
                assertThat(change.undoText()).isNotBlank();
            });
        });
    }

    @Test
    void thereAreAsManyAsAreDocumented() throws IOException {
        List<String> rows = Files.readString(Path.of("docs/advise.md"))
                .lines()
                .dropWhile(line -> !line.equals("## Findings"))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .toList();
        List<String> documented = rows.stream()
                .flatMap(row -> ID.matcher(row).results().map(match -> match.group(1)))
                .toList();
        assertThat(documented).doesNotHaveDuplicates();
        assertThat(all()).extracting(Finding::id).isSubsetOf(documented);
        assertThat(documented)
                .allMatch(id -> all().stream().anyMatch(finding -> finding.id().equals(id)));
    }
}
