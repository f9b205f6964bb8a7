package io.alphakeep.advise.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.seen.Machine;
import io.alphakeep.advise.seen.Server.Setting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings against machine and workload: each rule fires, and is silent just beside it. */
class SettingRulesTest {

    @Test
    void nothingIsFoundWhereAllIsWell() {
        assertThat(new Seen().found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // 16 GiB: a quarter is 4, half of that is enough, two fifths are the most.
        "shared_buffers, 262143, 8kB, shared-buffers warn, 4GB",
        "shared_buffers, 262144, 8kB, '', ",
        "shared_buffers, 838860, 8kB, '', ",
        "shared_buffers, 900000, 8kB, shared-buffers warn, 4GB",
        "effective_cache_size, 524288, 8kB, effective-cache-size info, 12GB",
        "effective_cache_size, 1048576, 8kB, '', ",
        "effective_cache_size, 2097153, 8kB, effective-cache-size info, 12GB",
        // A hundred connections and 12 GiB: 40 MB each, so that all together take a third.
        "work_mem, 4096, kB, work-mem info, 40MB",
        "work_mem, 20480, kB, '', ",
        "work_mem, 122880, kB, '', ",
        "work_mem, 262144, kB, work-mem warn, 40MB",
        "maintenance_work_mem, 65536, kB, maintenance-work-mem info, 1GB",
        "maintenance_work_mem, 524288, kB, '', ",
        "maintenance_work_mem, 4194304, kB, maintenance-work-mem warn, 1GB",
        "temp_buffers, 1024, 8kB, temp-buffers info, 40MB",
        "temp_buffers, 2560, 8kB, '', ",
        "temp_buffers, 65536, 8kB, temp-buffers warn, 40MB",
        "wal_buffers, 512, 8kB, wal-buffers info, 16MB",
        "checkpoint_timeout, 300, s, checkpoint-timeout info, 15min",
        "checkpoint_timeout, 600, s, '', ",
        "checkpoint_timeout, 7200, s, checkpoint-timeout info, 15min",
        "max_wal_size, 1024, MB, max-wal-size info, 4GB",
        "max_connections, 10, '', max-connections warn, 100",
        "max_connections, 300, '', max-connections info, 100",
        "random_page_cost, 4, '', random-page-cost info, 1.1",
        "log_min_duration_statement, -1, ms, log-min-duration info, 1s",
        "log_min_duration_statement, 0, ms, log-min-duration info, 1s",
        "log_min_duration_statement, 50, ms, '', ",
        "autovacuum, off, '', autovacuum-off critical, on",
        "track_counts, off, '', track-counts-off critical, on",
        "fsync, off, '', fsync-off critical, on",
        "full_page_writes, off, '', full-page-writes-off critical, on",
        "synchronous_commit, off, '', synchronous-commit-off warn, on",
        "synchronous_commit, local, '', '', "
    })
    void onSixteenGibibytesAndFourProcessors(String name, String value, String unit, String found, String target) {
        Seen seen = new Seen().set(name, value, unit);
        assertThat(seen.found()).isEqualTo(found);
        if (target != null) {
            Change change = seen.only().changes().get(0);
            assertThat(change.sql()).isEqualTo("ALTER SYSTEM SET " + name + " = '" + target + "'");
            assertThat(change.undo()).isEqualTo("ALTER SYSTEM SET " + name + " = '" + former(value, unit) + "'");
            assertThat(seen.only().manual())
                    .startsWith("https://www.postgresql.org/docs/current/runtime-config-")
                    .endsWith("#GUC-" + name.toUpperCase(java.util.Locale.ROOT).replace('_', '-'));
        }
    }

    private static String former(String value, String unit) {
        return unit.equals("8kB") ? Integer.parseInt(value) * 8 + "kB" : value.startsWith("-") ? value : value + unit;
    }

    /** What was advised is not found again: on every machine the values that come out are in order. */
    @ParameterizedTest
    @CsvSource({"512, 1, 100", "1024, 1, 20", "2048, 2, 100", "16384, 4, 500", "262144, 64, 200", "1048576, 128, 2000"})
    void whatIsAdvisedIsFoundWell(long mebibytes, int cpus, int connections) {
        Seen seen = new Seen();
        seen.machine = Seen.machine(mebibytes << 20, cpus, Machine.Storage.HDD);
        seen.set("max_connections", connections + "", "");
        take(seen);
        assertThat(seen.found()).isEmpty();
    }

    private static void take(Seen seen) {
        for (Finding finding : seen.findings()) {
            String value = finding.changes().get(0).sql().replaceAll(".* = '(.*)'", "$1");
            boolean size = value.matches("\\d+(MB|GB)");
            long number = size ? Long.parseLong(value.replaceAll("\\D", "")) : 0;
            seen.set(
                    finding.subject(),
                    size ? number * (value.endsWith("GB") ? 1024 : 1) + "" : value,
                    size ? "MB" : "");
        }
    }

    /** Else the next look would take back what this one advised. */
    @Test
    void whatHangsOnTheConnectionsReckonsWithThoseThatAreAdvised() {
        Seen seen = new Seen().set("max_connections", "10", "").set("work_mem", "4096", "kB");
        assertThat(seen.found()).isEqualTo("work-mem info, max-connections warn");
        assertThat(seen.findings().get(0).changes().get(0).sql()).endsWith("work_mem = '40MB'");
    }

    /** Also when there are to be fewer of them: after the restart nothing is advised anew. */
    @Test
    void whatHangsOnTheConnectionsReckonsWithFewer() {
        Seen seen = new Seen()
                .set("max_connections", "600", "")
                .set("work_mem", "1024", "kB")
                .set("temp_buffers", "100", "8kB");
        assertThat(seen.found()).isEqualTo("work-mem info, temp-buffers info, max-connections warn");
        assertThat(seen.findings().get(0).changes().get(0).sql()).endsWith("work_mem = '40MB'");
        assertThat(seen.findings())
                .filteredOn(finding -> !finding.id().equals("max-connections"))
                .allSatisfy(finding ->
                        assertThat(finding.evidence()).contains("up to 100 connections (max_connections as advised)"));
        take(seen);
        assertThat(seen.found()).isEmpty();

        Seen noCpus = new Seen().set("max_connections", "600", "").set("work_mem", "1024", "kB");
        noCpus.machine = new Machine(OptionalLong.of(16 * Seen.GIB), OptionalInt.empty(), Optional.empty(), "");
        assertThat(noCpus.findings().get(0).evidence())
                .as("no other number is advised")
                .contains("up to 600 connections,");
    }

    /** They outlive a restart, and are as old as nobody knows. */
    @Test
    void noSpanIsSaidOfCountersThatWereNeverReset() {
        Seen seen = new Seen().set("work_mem", "4096", "kB");
        seen.tempBytes = 3 * Seen.GIB;
        seen.resetSeconds = OptionalLong.empty();
        seen.countedSeconds = 11;
        assertThat(seen.only().evidence()).endsWith("3 GiB written to temporary files since they are counted");
    }

    /** Once it is analysed, a partitioned table counts the rows of its partitions, too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autovacuum         | off; 7 dead of 100,007 rows in 5 tables",
                "track_counts       | off; 7 dead of 100,007 rows in 5 tables",
                "fsync              | off (configuration file); 100,000 rows in 5 tables hang on it",
                "full_page_writes   | off (configuration file); 100,000 rows in 5 tables hang on it",
                "synchronous_commit | off (configuration file); commits of up to 600 ms hang on it"
            })
    void whatHangsOnASettingIsCountedOnce(String name, String evidence) {
        Seen seen = new Seen().set(name, "off", "");
        seen.tables.set(0, Seen.table("alpha_market_data", 'p', "", -1, 80_000, 7));
        seen.tables.set(1, Seen.table("alpha_fundamental_data", 'r', "", 2_000, 20_000, 7));
        assertThat(seen.only().evidence()).isEqualTo(evidence);
    }

    @Test
    void withoutAMachineWhatHangsOnItIsSaidAndNotGuessed() {
        Seen seen = new Seen();
        seen.machine = Machine.UNKNOWN;
        seen.set("shared_buffers", "16", "8kB")
                .set("effective_cache_size", "16", "8kB")
                .set("work_mem", "64", "kB")
                .set("maintenance_work_mem", "64", "kB")
                .set("temp_buffers", "100", "8kB")
                .set("random_page_cost", "40", "")
                .set("max_connections", "5000", "");
        assertThat(seen.found()).isEmpty();
        assertThat(Rules.unjudged(Machine.UNKNOWN))
                .singleElement()
                .asString()
                .contains("shared_buffers", "random_page_cost")
                .endsWith("say --memory 16GiB --cpus 4 --storage ssd");
        assertThat(Rules.unjudged(seen.machine.or(Seen.machine(1 << 30, 1, Machine.Storage.HDD))))
                .isEmpty();
    }

    @Test
    void theWorkloadCounts() {
        Seen spilled = new Seen().set("work_mem", "4096", "kB");
        spilled.tempBytes = Seen.GIB;
        assertThat(spilled.found()).isEqualTo("work-mem warn");
        assertThat(spilled.only().evidence()).contains("4 MiB", "100 connections", "1 GiB written", "30 days");

        Seen forced = new Seen().set("max_wal_size", "1024", "MB");
        forced.requested = 101;
        assertThat(forced.found()).isEqualTo("max-wal-size warn");

        // Left to itself it is small because shared_buffers is, and does no harm while it is never full.
        Seen automatic = new Seen().set("wal_buffers", "512", "8kB", "default");
        assertThat(automatic.found()).isEmpty();
        assertThat(new Seen().set("wal_buffers", "512", "8kB", "override").found())
                .as("-1 that was written down is automatic, too")
                .isEmpty();
        automatic.walBuffersFull = 1_000;
        assertThat(automatic.found()).isEqualTo("wal-buffers info");

        Seen used = new Seen()
                .set("max_connections", "300", "")
                .set("work_mem", "13312", "kB")
                .set("temp_buffers", "1664", "8kB");
        used.connections = 150;
        assertThat(used.found()).isEmpty();
    }

    @Test
    void aFasterCompressionIsAdvisedOnlyWhereTheServerHasIt() {
        Seen seen = new Seen();
        seen.settings.put(
                "default_toast_compression", new Setting("pglz", "", "default", "", false, false, "pglz,lz4"));
        assertThat(seen.found()).isEqualTo("toast-compression info");
        seen.settings.put("default_toast_compression", new Setting("pglz", "", "default", "", false, false, "pglz"));
        assertThat(seen.found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default            |                      | ALTER SYSTEM SET fsync = 'on' | ALTER SYSTEM RESET fsync",
                "configuration file | /d/postgresql.conf   | ALTER SYSTEM SET fsync = 'on' | ALTER SYSTEM RESET fsync",
                "configuration file | /d/postgresql.auto.conf | ALTER SYSTEM SET fsync = 'on' | ALTER SYSTEM SET fsync = 'off'",
                "configuration file |                      | ALTER SYSTEM SET fsync = 'on' | ALTER SYSTEM SET fsync = 'off'",
                "database | | ALTER DATABASE \"market\" SET fsync = 'on' | ALTER DATABASE \"market\" SET fsync = 'off'",
                "user     | | ALTER ROLE \"keeper\" SET fsync = 'on' | ALTER ROLE \"keeper\" SET fsync = 'off'",
                "database user | | ALTER ROLE \"keeper\" IN DATABASE \"market\" SET fsync = 'on' | ALTER ROLE \"keeper\" IN DATABASE \"market\" SET fsync = 'off'"
            })
    void aSettingIsMendedWhereItWasSet(String source, String file, String sql, String undo) {
        Seen seen = new Seen();
        seen.settings.put("fsync", new Setting("off", "", source, file == null ? "" : file, false, false, ""));
        assertThat(seen.only().changes().get(0).sql()).isEqualTo(sql);
        assertThat(seen.only().changes().get(0).undo()).isEqualTo(undo);
    }

    @Test
    void whatNoStatementMendsIsSaid() {
        Seen seen = new Seen().set("fsync", "off", "", "command line");
        assertThat(seen.only().changes()).isEmpty();
        assertThat(seen.only().next()).contains("command line", "fsync = on");
    }

    @Test
    void whatWaitsForARestartIsSaidOnce() {
        Seen seen = new Seen();
        seen.settings.put("shared_buffers", new Setting("16", "8kB", "configuration file", "", true, true, ""));
        assertThat(seen.found()).isEqualTo("restart-pending info");
        assertThat(seen.only().changes()).isEqualTo(List.of());
        Seen hidden = new Seen();
        hidden.settings.put("max_connections", new Setting("100", "", "command line", "", true, true, ""));
        assertThat(hidden.found()).as("a restart would change nothing").isEmpty();
        Seen not = new Seen().set("shared_buffers", "16", "8kB");
        assertThat(not.only().changes().get(0).effect()).isEqualTo(Change.Effect.RESTART);
    }
}
