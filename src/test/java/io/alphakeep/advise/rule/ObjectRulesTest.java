package io.alphakeep.advise.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Table;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables, sessions, slots and ages: each rule fires, and is silent just beside it. */
class ObjectRulesTest {

    private final Seen seen = new Seen();

    @ParameterizedTest
    @CsvSource({"10000, 40000, table-bloat warn", "9999, 100, ''", "10000, 40001, ''"})
    void deadRowsAreBloat(long dead, long live, String found) {
        seen.tables.add(Seen.table("alpha_x", 'r', "", 500, live, dead));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            assertThat(seen.only().changes().get(0).sql()).isEqualTo("VACUUM (ANALYZE) \"public\".\"alpha_x\"");
            assertThat(seen.only().evidence()).contains("10,000 dead of 50,000 rows, 20 %", "estimate");
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 0.5, table-free-space info", "1279, 0.9, ''", "1280, 0.49, ''"})
    void freeSpaceThatVacuumLeftIsSaidAndNotTakenUnseen(long pages, double free, String found) {
        seen.tables.add(new Table("public", "alpha_x", 'r', "", pages, 7_000, 0, true, free, Map.of(), Set.of()));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            assertThat(seen.only().evidence()).isEqualTo("50 % of 10 MiB is free (by pgstattuple), 7,000 rows");
            assertThat(seen.only().changes())
                    .containsExactly(
                            new Change("VACUUM (FULL, ANALYZE) \"public\".\"alpha_x\"", "", Change.Effect.REVIEW));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "autovacuum_enabled, false, autovacuum-table warn",
        "autovacuum_enabled, OFF, autovacuum-table warn",
        "toast.autovacuum_enabled, 0, autovacuum-table warn",
        "autovacuum_enabled, on, ''",
        "fillfactor, 50, ''"
    })
    void autovacuumIsOnForEachTable(String option, String value, String found) {
        seen.tables.add(new Table("public", "alpha_x", 'r', "", 1, 10, 0, false, 0, Map.of(option, value), Set.of()));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            assertThat(seen.only().changes())
                    .containsExactly(new Change(
                            "ALTER TABLE \"public\".\"alpha_x\" RESET (" + option + ")",
                            "ALTER TABLE \"public\".\"alpha_x\" SET (" + option + " = " + value + ")",
                            Change.Effect.NOW));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10000000, 200000, '', autovacuum-scale info",
        "9999999, 900000, '', ''",
        "10000000, 199999, '', ''",
        "10000000, 200000, 0.02, ''"
    })
    void largeTablesAreVacuumedSooner(long rows, long dead, String own, String found) {
        seen.tables.add(new Table(
                "public",
                "alpha_x",
                'r',
                "",
                1,
                rows,
                dead,
                false,
                0,
                own.isEmpty() ? Map.of() : Map.of("autovacuum_vacuum_scale_factor", own),
                Set.of()));
        assertThat(seen.found()).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "active, 600, 0, false, long-transaction warn",
        "active, 599, 0, false, ''",
        "idle in transaction, 61, 60, false, idle-in-transaction warn",
        "idle in transaction, 61, 59, false, ''",
        "idle in transaction, 9000, 9000, true, ''",
        "prepared, 600, 0, false, prepared-transaction warn",
        "prepared, 599, 0, false, ''"
    })
    void noTransactionIsOpenForLong(String state, long seconds, long idle, boolean ours, String found) {
        seen.sessions.add(
                new Observed.Session(4711, "o'reader", "2026-11-24 10:00:00.123+00", state, seconds, idle, ours));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            Change change = seen.only().changes().get(0);
            assertThat(change.effect()).isEqualTo(Change.Effect.REVIEW);
            assertThat(change.sql())
                    .isEqualTo(
                            state.equals("prepared")
                                    ? "ROLLBACK PREPARED 'o''reader'"
                                    : "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = 4711"
                                            + " AND xact_start = '2026-11-24 10:00:00.123+00'");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, 0, replication-slot info",
        "false, 1073741824, replication-slot warn",
        "false, 10737418240, replication-slot critical",
        "true, 1073741823, ''",
        "true, 1073741824, replication-slot warn",
        "true, 10737418240, replication-slot critical",
        "true, -1, ''",
        "false, -1, ''"
    })
    void noSlotHoldsMuchWalNorAnyForNobody(boolean active, long bytes, String found) {
        seen.slots.add(new Observed.Slot("gone", active, bytes, "extended", ""));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty() && active) {
            assertThat(seen.only().changes())
                    .as("an active one can't be dropped")
                    .isEmpty();
            assertThat(seen.only().evidence()).startsWith("active, holds ");
        } else if (!found.isEmpty()) {
            assertThat(seen.only().changes().get(0).effect()).isEqualTo(Change.Effect.REVIEW);
        }
    }

    @Test
    void whereManyTablesAreOldAllOfTheDatabaseIsFrozen() {
        seen.ages.set(0, new Observed.Age("market", 300_000_001, 0));
        for (int i = 0; i < Observed.Age.OLDEST; i++) {
            seen.oldest.add(new Observed.Age("t" + i, 300_000_001, 0));
        }
        assertThat(seen.only().changes()).containsExactly(new Change("VACUUM (FREEZE)", "", Change.Effect.NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "300000000, 0, ''",
        "300000001, 0, wraparound warn",
        "0, 600000001, wraparound warn",
        "1200000000, 0, wraparound critical"
    })
    void transactionIdsAreFarFromTheirEnd(long transactions, long multixacts, String found) {
        seen.ages.set(0, new Observed.Age("market", transactions, multixacts));
        seen.oldest.add(new Observed.Age("\"public\".\"old\"", transactions, multixacts));
        seen.oldest.add(new Observed.Age("\"public\".\"young\"", 5, 5));
        assertThat(seen.found()).isEqualTo(found);
        if (!found.isEmpty()) {
            assertThat(seen.only().changes())
                    .containsExactly(new Change("VACUUM (FREEZE) \"public\".\"old\"", "", Change.Effect.NOW));
        }
    }
}
