package io.alphakeep.observe;

import static io.alphakeep.observe.LooksTest.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.seen.Machine;
import io.alphakeep.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server says of its tables and indexes, as the gauges tell it. */
@Tag("postgres")
class TableLooksTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE alpha_maintenance");
    }

    private static List<String> tables(Meter meter) {
        return told(new TableLooks(DATABASE.transactions(), (limit, used) -> {}).all(), meter);
    }

    @Test
    void maintenanceByPart() {
        DATABASE.execute("""
                INSERT INTO alpha_maintenance (action, target, started_at, finished_at, outcome)
                VALUES ('pass', 'all', now(), 'epoch'::timestamptz + interval '100 s', 'done'),
                       ('pass', 'partitions,ledger', now(), 'epoch'::timestamptz + interval '200 s', 'done'),
                       ('pass', 'all', now(), 'epoch'::timestamptz + interval '300 s', 'failed'),
                       ('partition', 'all', now(), 'epoch'::timestamptz + interval '400 s', 'done')
                """);
        assertThat(tables(Meter.MAINTENANCE_LAST_SUCCESS_TIMESTAMP_SECONDS))
                .containsExactly("archive 100", "indexes 100", "ledger 200", "partitions 200", "statistics 100");
    }

    @Test
    void partitionsAheadEndAtTheFirstMonthWithout() {
        assertThat(tables(Meter.PARTITIONS_AHEAD)).containsExactly("alpha_market_data 0");
        for (int month : new int[] {0, 1, 2, 4}) {
            DATABASE.execute(
                    "SELECT create_monthly_partition('alpha_market_data', (date_trunc('month', now() AT TIME ZONE 'UTC') + interval '"
                            + month + " months')::date)");
        }
        assertThat(tables(Meter.PARTITIONS_AHEAD)).containsExactly("alpha_market_data 2");
    }

    @Test
    void othersPartitionedTablesHaveNoMonthsAhead() {
        List<String> before = tables(Meter.PARTITIONS_AHEAD);
        assertThat(before).hasSize(1).allMatch(line -> line.startsWith("alpha_market_data "));
        DATABASE.execute(
                "CREATE TABLE alpha_mine (kind text) PARTITION BY LIST (kind)",
                "CREATE TABLE theirs (at timestamptz) PARTITION BY RANGE (at)",
                "CREATE TABLE theirs_all PARTITION OF theirs FOR VALUES FROM ('2000-01-01Z') TO ('2100-01-01Z')");
        assertThat(tables(Meter.PARTITIONS_AHEAD)).isEqualTo(before);
        DATABASE.execute("DROP TABLE alpha_mine, theirs");
    }

    @Test
    void whatTheServerCountsOfATable() {
        DATABASE.execute(
                "VACUUM alpha_tick",
                "INSERT INTO alpha_tick SELECT 'mine' || i, now() FROM generate_series(1, 50) AS i",
                "DELETE FROM alpha_tick WHERE job > 'mine3'",
                "SELECT pg_stat_force_next_flush()");
        String scans = "SELECT sum(idx_scan) FROM pg_stat_user_indexes WHERE relname = 'alpha_tick'";
        long before = Long.parseLong(DATABASE.value(scans));
        DATABASE.execute(
                "SET enable_seqscan = off",
                "SELECT FROM alpha_tick WHERE job = 'mine1'",
                "SELECT FROM alpha_tick WHERE job = 'mine2'",
                "SELECT pg_stat_force_next_flush()");
        long dead = Long.parseLong(DATABASE.value("SELECT 50 - count(*) FROM alpha_tick"));

        assertThat(tables(Meter.TABLE_ROWS)).contains("alpha_tick " + (50 - dead));
        assertThat(tables(Meter.TABLE_DEAD_ROWS)).contains("alpha_tick " + dead);
        assertThat(tables(Meter.TABLE_INDEX_SCANS)).contains("alpha_tick " + (before + 2));
        assertThat(tables(Meter.INDEX_SCANS)).contains("alpha_tick_pkey " + (before + 2));
        assertThat(tables(Meter.TABLE_SIZE_BYTES))
                .contains("alpha_tick " + DATABASE.value("SELECT pg_total_relation_size('alpha_tick')"));
        assertThat(tables(Meter.INDEX_SIZE_BYTES))
                .contains("alpha_tick_pkey " + DATABASE.value("SELECT pg_relation_size('alpha_tick_pkey')"));
        assertThat(tables(Meter.TABLE_LAST_VACUUM_TIMESTAMP_SECONDS))
                .contains("alpha_tick "
                        + DATABASE.value("SELECT round(extract(epoch FROM greatest(last_vacuum, last_autovacuum)))"
                                + " FROM pg_stat_user_tables WHERE relname = 'alpha_tick'"));
        DATABASE.execute("TRUNCATE alpha_tick");
    }

    @Test
    void aPlainTablesUnusedIndexesAreTold() {
        DATABASE.execute(
                "CREATE INDEX alpha_tick_mine ON alpha_tick (job)", "INSERT INTO alpha_tick VALUES ('mine', now())");
        assertThat(tables(Meter.TABLE_UNUSED_INDEXES)).contains("alpha_tick 1");
        assertThat(tables(Meter.TABLE_UNUSED_INDEX_SIZE_BYTES))
                .contains("alpha_tick " + DATABASE.value("SELECT pg_relation_size('alpha_tick_mine')"));
        DATABASE.execute("DROP INDEX alpha_tick_mine", "TRUNCATE alpha_tick");
    }

    /** Few in all, and too many for the one that has them. */
    @Test
    void deadRowsOfOnePartitionAreNotHiddenByTheLiveOnesOfOthers() {
        DATABASE.execute(
                "SELECT create_monthly_partition('alpha_market_data', '2023-01-01')",
                "SELECT create_monthly_partition('alpha_market_data', '2023-02-01')",
                "INSERT INTO alpha_market_data (ticker, \"timestamp\", endpoint, api_function, ingestion_epoch, updated_at)"
                        + " SELECT 'T' || i, CASE WHEN i <= 40 THEN '2023-01-10Z' ELSE '2023-02-10Z' END::timestamptz, 'X', 'X', 1,"
                        + " now() FROM generate_series(1, 300) AS i",
                "DELETE FROM alpha_market_data WHERE \"timestamp\" = '2023-01-10Z' AND ticker <> 'T1' AND ticker <> 'T2'"
                        + " AND ticker <> 'T3' AND ticker <> 'T4' AND ticker <> 'T5'",
                "SELECT pg_stat_force_next_flush()");
        assertThat(tables(Meter.TABLE_DEAD_ROWS)).contains("alpha_market_data 35");
        assertThat(tables(Meter.TABLE_ROWS)).contains("alpha_market_data 265");
        assertThat(tables(Meter.TABLE_DEAD_ROWS_EXCESS)).contains("alpha_market_data 34", "alpha_budget 0");
        DATABASE.execute("DROP TABLE alpha_market_data_2023_01, alpha_market_data_2023_02");
    }

    /** A server that does load it is BadServerTest's. */
    @Test
    void anExtensionThatTheServerDoesNotLoadTellsNothing() {
        assertThat(tables(Meter.STATEMENTS_SLOW)).as("there is none").isEmpty();
        DATABASE.execute("CREATE EXTENSION pg_stat_statements");
        assertThat(tables(Meter.STATEMENTS_SLOW)).as("it is not loaded").isEmpty();
        DATABASE.execute("DROP EXTENSION pg_stat_statements");
    }

    @Test
    void indexesOfAllPartitionsHaveOneName() {
        for (int month = 0; month < 2; month++) {
            String start = "(date_trunc('month', now() AT TIME ZONE 'UTC') + interval '" + month + " months')";
            DATABASE.execute(
                    "SELECT create_monthly_partition('alpha_market_data', " + start + "::date)",
                    "DO $$ DECLARE name text := to_char(" + start + ", '\"alpha_market_data_\"YYYY_MM'); BEGIN"
                            + " EXECUTE format('CREATE INDEX IF NOT EXISTS %s_price_summary_ak0%s0ff0 ON %1$s (ticker)', name, "
                            + month
                            + "); EXECUTE format('CREATE INDEX IF NOT EXISTS %s_mine ON %1$s (volume)', name); END $$");
        }
        assertThat(names(Meter.INDEX_SIZE_BYTES))
                .containsOnlyOnce("alpha_market_data_pkey", "price_summary")
                .anyMatch(name -> name.endsWith("_mine"))
                .filteredOn(name -> !name.endsWith("_mine"))
                .as("what the label does not know would be told as other")
                .isEqualTo(names(Meter.INDEX_SCANS).stream()
                        .filter(Label.INDEX.known()::contains)
                        .toList())
                .hasSameSizeAs(Label.INDEX.known());
        assertThat(tables(Meter.TABLE_UNUSED_INDEX_SIZE_BYTES))
                .anyMatch(line -> line.matches("alpha_market_data [1-9]\\d+"));
    }

    private static List<String> names(Meter meter) {
        return tables(meter).stream().map(line -> line.split(" ")[0]).toList();
    }

    @Test
    void theAdviceIsCountedBySeverity() {
        assertThat(told(
                        List.of(new AdviceLook(DATABASE.transactions(), process -> Machine.UNKNOWN).look()),
                        Meter.FINDINGS))
                .hasSize(3)
                .as("fsync is off")
                .anyMatch(line -> line.matches("critical [1-9]"));
    }

    @Test
    void tablesAreToldWithTheirPartitions() {
        assertThat(tables(Meter.TABLE_SIZE_BYTES)).hasSize(13).anyMatch(line -> line.startsWith("alpha_market_data "));
        assertThat(tables(Meter.TABLE_SIZE_BYTES).stream().map(line -> line.split(" ")[0]))
                .as("tables that the label does not know would be told as other")
                .isSubsetOf(Label.TABLE.known());
        assertThat(tables(Meter.DATABASE_CONNECTIONS_LIMIT)).containsExactly(" 97");
        List<Integer> heard = new ArrayList<>();
        told(
                new TableLooks(DATABASE.transactions(), (limit, used) -> heard.addAll(List.of(limit, used))).all(),
                Meter.DATABASE_CONNECTIONS);
        assertThat(heard).as("the pool goes by it").hasSize(2).startsWith(97);
        assertThat(heard.get(1)).isBetween(1, 97);
    }
}
