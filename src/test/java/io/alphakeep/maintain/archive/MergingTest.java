package io.alphakeep.maintain.archive;

import static io.alphakeep.maintain.archive.ArchiveKit.MERGE;
import static io.alphakeep.maintain.archive.ArchiveKit.OFF;
import static io.alphakeep.maintain.archive.ArchiveKit.fill;
import static io.alphakeep.maintain.archive.ArchiveKit.partitions;
import static io.alphakeep.maintain.archive.ArchiveKit.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.maintain.StepResult.Outcome;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class MergingTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final ArchiveKit kit = ArchiveKit.of(DATABASE);

    @BeforeEach
    void months() {
        ArchiveKit.clear(DATABASE);
        fill(DATABASE, 2018, 12, 20);
        fill(DATABASE, 2019, 3, 20);
        fill(DATABASE, 2020, 2, 20);
    }

    @Test
    void theMonthsOfOldYearsBecomeOnePartitionEach() {
        String before = rows(DATABASE);
        List<ArchiveKit.Ran> ran = kit.pass(MERGE);
        assertThat(ran).extracting(ArchiveKit.Ran::outcome).containsOnly(Outcome.DONE);
        assertThat(ran.get(0).words()).isEqualTo("merge alpha_market_data_2018 DONE");
        assertThat(ran.get(0).result().detail()).startsWith("12 partitions, 1,440 rows: ");
        // 2020 is not old: its December is fifteen months past.
        assertThat(partitions(DATABASE, "alpha_market_data"))
                .containsExactly(
                        "alpha_market_data_2018",
                        "alpha_market_data_2019",
                        "alpha_market_data_2020_01",
                        "alpha_market_data_2020_02");
        assertThat(rows(DATABASE)).isEqualTo(before);
        assertThat(DATABASE.query("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '_201[89]'"))
                .containsExactlyInAnyOrder(List.of("alpha_market_data_2018"), List.of("alpha_market_data_2019"));
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_archive")).isEqualTo("0");
        assertThat(kit.pass(MERGE)).isEmpty();
    }

    @Test
    void theYearIsPackedInOrderFrozenAndUnderTheParentsKey() {
        DATABASE.execute("""
                INSERT INTO alpha_watermark (ticker, endpoint, api_function, first_timestamp)
                VALUES ('IBM', 'TIME_SERIES_DAILY_ADJUSTED', 'TIME_SERIES_DAILY_ADJUSTED', '2019-02-03Z')
                """);
        kit.pass(MERGE);
        // Adjusted series, from 2019 on, keep room to be rewritten in.
        assertThat(
                        DATABASE.query(
                                "SELECT relname, reloptions FROM pg_class WHERE relname ~ '^alpha_market_data_201[89]$' ORDER BY 1"))
                .containsExactly(
                        List.of("alpha_market_data_2018", "{fillfactor=100}"),
                        List.of("alpha_market_data_2019", "{fillfactor=90}"));
        // In order, but for a page or so that the server fills out of turn.
        assertThat(DATABASE.value("""
                        SELECT count(*) FILTER (WHERE (ticker, endpoint, "timestamp") < previous) < 10 FROM (
                            SELECT ticker, endpoint, "timestamp",
                                   lag((ticker, endpoint, "timestamp")) OVER (ORDER BY ctid) AS previous
                            FROM alpha_market_data_2018) AS stored
                        """)).isEqualTo("t");
        assertThat(DATABASE.value("""
                        SELECT relallvisible = relpages AND relpages > 0 AND reltuples = 1440
                        FROM pg_class WHERE relname = 'alpha_market_data_2018'
                        """)).isEqualTo("t");
        assertThat(DATABASE.query("""
                        SELECT c.relname, parent.relname, i.indisvalid
                        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                        JOIN pg_inherits h ON h.inhrelid = c.oid JOIN pg_class parent ON parent.oid = h.inhparent
                        WHERE i.indrelid = 'alpha_market_data_2018'::regclass
                        """))
                .containsExactly(List.of("alpha_market_data_2018_pkey", "alpha_market_data_pkey", "t"));
        assertThat(DATABASE.value("SELECT count(*) FROM pg_constraint WHERE conname = 'alpha_bounds'"))
                .isEqualTo("0");
    }

    @Test
    void offLeavesEverythingAsItIs() {
        assertThat(kit.pass(OFF)).isEmpty();
        assertThat(partitions(DATABASE, "alpha_market_data")).hasSize(17);
    }

    /** It would find the year in the catalogue, and none of its rows: its snapshot is older than they are. */
    @Test
    void aRepeatableReaderOlderThanTheCopyKeepsSeeingEveryRow() throws SQLException {
        try (Connection reader = DATABASE.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            count(statement, "alpha_policy");
            List<ArchiveKit.Ran> ran = kit.pass(MERGE);
            assertThat(ran).extracting(ArchiveKit.Ran::outcome).containsOnly(Outcome.POSTPONED);
            assertThat(ran.get(0).result().detail()).contains("holds a snapshot that is older", "the copy is kept");
            assertThat(ran).hasSize(2);
            assertThat(count(statement, "alpha_market_data")).isEqualTo(17 * 120);
            reader.rollback();
        }
        String copy = DATABASE.value("SELECT 'alpha_market_data_2018'::regclass::oid");
        kit.done(MERGE);
        assertThat(DATABASE.value("SELECT 'alpha_market_data_2018'::regclass::oid"))
                .isEqualTo(copy);
        assertThat(partitions(DATABASE, "alpha_market_data")).hasSize(4);
    }

    @Test
    void aReaderInATransactionDelaysThatStepAloneAndNobodyBehindIt() throws Exception {
        String before = rows(DATABASE);
        try (Connection reader = DATABASE.dataSource().getConnection();
                Statement statement = reader.createStatement();
                Traffic traffic = new Traffic(DATABASE)) {
            reader.setAutoCommit(false);
            count(statement, "alpha_market_data");
            // Ends the driver's portal, which would hold the snapshot.
            statement.execute("SET LOCAL application_name = 'dashboard'");
            List<ArchiveKit.Ran> ran = kit.pass(MERGE);
            assertThat(ran).extracting(ArchiveKit.Ran::outcome).containsOnly(Outcome.POSTPONED);
            assertThat(ran.get(0).result().detail())
                    .contains("in the way is dashboard (process ", "idle in transaction");
            traffic.end();
            assertThat(traffic.errors()).isEmpty();
            assertThat(traffic.done()).isPositive();
            reader.rollback();
        }
        DATABASE.execute("DELETE FROM alpha_market_data WHERE ticker = 'TRAFFIC'");
        kit.done(MERGE);
        assertThat(rows(DATABASE)).isEqualTo(before);
    }

    private static long count(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
