package io.alphakeep.maintain.archive;

import static io.alphakeep.maintain.archive.ArchiveKit.MERGE;
import static io.alphakeep.maintain.archive.ArchiveKit.fill;
import static io.alphakeep.maintain.archive.ArchiveKit.partitions;
import static io.alphakeep.maintain.archive.ArchiveKit.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writers into months that are being merged: what they wrote is in the year, and they did not wait for it. Long: on the embedded server alone. */
class WritersTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final ArchiveKit kit = ArchiveKit.of(DATABASE);

    @BeforeEach
    void months() {
        ArchiveKit.clear(DATABASE);
        fill(DATABASE, 2019, 4, 50);
    }

    @Test
    void adjustedHistoryThatIsRewrittenAfterTheCopyIsCaughtUp() throws SQLException {
        kit.copyOnly();
        DATABASE.execute(
                "UPDATE alpha_market_data SET adjusted_close = adjusted_close / 2, updated_at = '2022-03-10Z' WHERE ticker = 'IBM'",
                "DELETE FROM alpha_market_data WHERE ticker = 'AAPL' AND \"timestamp\" < '2019-01-02Z'",
                "INSERT INTO alpha_market_data (ticker, \"timestamp\", endpoint, api_function, ingestion_epoch, updated_at)"
                        + " VALUES ('NEW', '2019-03-03Z', 'E', 'E', 2, '2022-03-10Z')");
        String written = rows(DATABASE);
        List<ArchiveKit.Ran> ran = kit.pass(MERGE);
        assertThat(ran.get(0).words()).isEqualTo("merge alpha_market_data_2019 DONE");
        assertThat(ran.get(0).result().detail()).contains("of them caught up");
        assertThat(rows(DATABASE)).isEqualTo(written);
        assertThat(partitions(DATABASE, "alpha_market_data")).containsExactly("alpha_market_data_2019");
    }

    @Test
    void aMonthThatAppearsAfterTheCopyIsTakenIn() throws SQLException {
        kit.copyOnly();
        fill(DATABASE, 2019, 6, 0);
        DATABASE.execute(
                "INSERT INTO alpha_market_data (ticker, \"timestamp\", endpoint, api_function, ingestion_epoch,"
                        + " updated_at) VALUES ('NEW', '2019-06-03Z', 'E', 'E', 2, '2022-03-10Z')");
        String written = rows(DATABASE);
        kit.done(MERGE);
        assertThat(rows(DATABASE)).isEqualTo(written);
        assertThat(partitions(DATABASE, "alpha_market_data")).containsExactly("alpha_market_data_2019");
    }

    @Test
    void aCopyThatDiffersThoughNobodyWroteIsThrownAway() throws SQLException {
        String before = rows(DATABASE);
        kit.copyOnly();
        DATABASE.execute(
                "UPDATE alpha_market_data_2019 SET close_price = close_price + 0.01 WHERE ticker = 'IBM' AND \"timestamp\" = '2019-02-01Z'");
        List<ArchiveKit.Ran> ran = kit.pass(MERGE);
        assertThat(ran.get(0).words()).isEqualTo("merge alpha_market_data_2019 FAILED");
        assertThat(ran.get(0).result().detail()).contains("differed in 2 rows that nobody had written");
        assertThat(rows(DATABASE)).isEqualTo(before);
        assertThat(partitions(DATABASE, "alpha_market_data")).hasSize(4);
        assertThat(DATABASE.value("SELECT to_regclass('alpha_market_data_2019')"))
                .isNull();
        kit.done(MERGE);
        assertThat(rows(DATABASE)).isEqualTo(before);
    }

    @Test
    void rowsThatTheCopyLostAreDamageToo() throws SQLException {
        kit.copyOnly();
        DATABASE.execute("DELETE FROM alpha_market_data_2019 WHERE ticker = 'MSFT' AND \"timestamp\" = '2019-02-01Z'");
        assertThat(kit.pass(MERGE).get(0).result().detail()).contains("differed in 2 rows");
    }

    /** Rows so wide that looking at them takes a while: a writer comes in the middle of it, and is not made to wait. */
    @Test
    void aWriterWhoComesWhileTheMonthsAreLookedAtEndsTheLooking() throws Exception {
        DATABASE.execute("""
                UPDATE alpha_market_data
                SET raw_payload = (SELECT jsonb_object_agg('key' || i, repeat(md5(i::text), 40)) FROM generate_series(1, 250) i)
                """);
        String before = rows(DATABASE);
        try (Traffic traffic = new Traffic(DATABASE)) {
            List<ArchiveKit.Ran> ran = kit.pass(MERGE);
            traffic.end();
            assertThat(traffic.errors()).isEmpty();
            assertThat(ran.get(0).words()).isEqualTo("merge alpha_market_data_2019 POSTPONED");
            assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE ticker = 'TRAFFIC'"))
                    .isEqualTo(Integer.toString(traffic.written()));
        }
        DATABASE.execute("DELETE FROM alpha_market_data WHERE ticker = 'TRAFFIC'");
        kit.done(MERGE);
        assertThat(rows(DATABASE)).isEqualTo(before);
    }

    @Test
    void noRowIsLostAndNobodyLosesSightWhileYearsAreMerged() throws Exception {
        fill(DATABASE, 2018, 12, 50);
        fill(DATABASE, 2017, 12, 50);
        String before = rows(DATABASE);
        try (Traffic traffic = new Traffic(DATABASE)) {
            for (int pass = 1;
                    pass <= 20 && partitions(DATABASE, "alpha_market_data").size() > 3;
                    pass++) {
                kit.pass(MERGE);
            }
            traffic.end();
            assertThat(traffic.errors()).isEmpty();
            assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE ticker = 'TRAFFIC'"))
                    .isEqualTo(Integer.toString(traffic.written()));
        }
        assertThat(partitions(DATABASE, "alpha_market_data"))
                .startsWith("alpha_market_data_2017", "alpha_market_data_2018");
        DATABASE.execute("DELETE FROM alpha_market_data WHERE ticker = 'TRAFFIC'");
        kit.done(MERGE);
        assertThat(partitions(DATABASE, "alpha_market_data")).hasSize(3);
        assertThat(rows(DATABASE)).isEqualTo(before);
        assertThat(DATABASE.value("SELECT count(*) FROM pg_class WHERE relname ~ 'alpha_market_data_201\\d_\\d\\d$'"))
                .isEqualTo("0");
    }
}
