package io.alphakeep.maintain.archive;

import static io.alphakeep.maintain.archive.ArchiveKit.DETACH;
import static io.alphakeep.maintain.archive.ArchiveKit.MERGE;
import static io.alphakeep.maintain.archive.ArchiveKit.NOW;
import static io.alphakeep.maintain.archive.ArchiveKit.fill;
import static io.alphakeep.maintain.archive.ArchiveKit.partitions;
import static io.alphakeep.maintain.archive.ArchiveKit.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.maintain.StepResult.Outcome;
import io.alphakeep.maintain.partition.PartitionLimits;
import io.alphakeep.maintain.partition.Partitions;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What leaves the table: moved to the archive, expired by retention. */
@Tag("postgres")
class LeavingTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    /** From 2018-03 on is kept in March 2022. */
    private static final ArchivePolicy FOUR_YEARS =
            new ArchivePolicy(ArchivePolicy.Mode.MERGE, 24, OptionalInt.of(48), 14);

    private static final String LATE = """
            INSERT INTO alpha_market_data (ticker, "timestamp", endpoint, api_function, close_price, ingestion_epoch, updated_at)
            VALUES ('IBM', '2017-05-05Z', 'TIME_SERIES_DAILY', 'TIME_SERIES_DAILY', 7, 9, '2022-03-10Z'),
                   ('LATE', '2017-05-05Z', 'TIME_SERIES_DAILY', 'TIME_SERIES_DAILY', 8, 9, '2022-03-10Z')
            """;

    private final ArchiveKit kit = ArchiveKit.of(DATABASE);

    @BeforeEach
    void years() {
        ArchiveKit.clear(DATABASE);
        DATABASE.execute("SELECT create_yearly_partition('alpha_market_data', '2017-01-01')", """
                INSERT INTO alpha_market_data (ticker, "timestamp", endpoint, api_function, close_price, ingestion_epoch, updated_at)
                SELECT 'IBM', timestamptz '2017-05-01 00:00:00+00' + i * interval '1 day', 'TIME_SERIES_DAILY',
                       'TIME_SERIES_DAILY', i, 1, '2017-06-01Z'
                FROM generate_series(0, 19) i
                """);
        fill(DATABASE, 2018, 2, 20);
        fill(DATABASE, 2021, 1, 20);
    }

    private void late() {
        Partitions partitions = new Partitions(
                DATABASE.transactions(),
                "alpha_market_data",
                PartitionLimits.DEFAULTS,
                Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(partitions
                        .ensure(List.of(Instant.parse("2017-05-05T00:00:00Z")))
                        .postponed())
                .isEmpty();
        DATABASE.execute(
                "DELETE FROM alpha_market_data WHERE ticker IN ('LATE') OR \"timestamp\" = '2017-05-05Z'", LATE);
    }

    private static String everything() {
        return DATABASE.value("""
                SELECT count(*) || ' ' || md5(string_agg(to_jsonb(m)::text, '|' ORDER BY ticker, endpoint, "timestamp"))
                FROM (TABLE alpha_market_data UNION ALL TABLE alpha_market_data_archive) m
                """);
    }

    /** The year is one partition by then, so that the late rows find their place like any others. */
    @Test
    void lateRowsOfAMergedYearGoThere() {
        kit.pass(MERGE);
        late();
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data_2017 WHERE ingestion_epoch = 9"))
                .isEqualTo("2");
        assertThat(partitions(DATABASE, "alpha_market_data"))
                .containsExactly("alpha_market_data_2017", "alpha_market_data_2018", "alpha_market_data_2021_01");
        assertThat(kit.pass(MERGE)).isEmpty();
    }

    @Test
    void detachMovesOldYearsUnderTheArchive() {
        String before = rows(DATABASE);
        kit.done(DETACH);
        assertThat(partitions(DATABASE, "alpha_market_data")).containsExactly("alpha_market_data_2021_01");
        assertThat(partitions(DATABASE, "alpha_market_data_archive"))
                .containsExactly("alpha_market_data_archive_2017", "alpha_market_data_archive_2018");
        assertThat(everything()).isEqualTo(before);
        assertThat(DATABASE.value("SELECT count(*) FROM pg_constraint WHERE conname = 'alpha_bounds'"))
                .isEqualTo("0");
        assertThat(kit.pass(DETACH)).isEmpty();
    }

    @Test
    void lateRowsOfAMovedYearAreFoldedIntoIt() {
        kit.pass(DETACH);
        late();
        assertThat(partitions(DATABASE, "alpha_market_data"))
                .containsExactly("alpha_market_data_2017", "alpha_market_data_2021_01");
        List<ArchiveKit.Ran> ran = kit.pass(DETACH);
        assertThat(ran)
                .extracting(ArchiveKit.Ran::words)
                .containsExactly("fold alpha_market_data_2017 DONE", "drop_merged alpha_market_data_2017_folded DONE");
        assertThat(partitions(DATABASE, "alpha_market_data")).containsExactly("alpha_market_data_2021_01");
        // 20 bars, one of them written anew, and a new one.
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data_archive_2017"))
                .isEqualTo("21");
        assertThat(
                        DATABASE.query(
                                "SELECT ticker, close_price FROM alpha_market_data_archive WHERE ingestion_epoch = 9 ORDER BY 1"))
                .containsExactly(List.of("IBM", "7"), List.of("LATE", "8"));
    }

    @Test
    void nothingExpiresUnlessItIsSet() {
        Instant far = Instant.parse("2095-01-01T00:00:00Z");
        assertThat(kit.pass(MERGE, far)).extracting(ArchiveKit.Ran::action).doesNotContain("expire", "drop_expired");
    }

    @Test
    void retentionDetachesAndDropsAfterTheGrace() {
        List<ArchiveKit.Ran> ran = kit.pass(FOUR_YEARS);
        assertThat(ran).extracting(ArchiveKit.Ran::words).contains("expire alpha_market_data_2017 DONE");
        assertThat(ran.get(ran.size() - 1).result().detail())
                .startsWith(
                        "20 rows, kept as alpha_market_data_2017_expired for 14 days; to take it back: ALTER TABLE");
        assertThat(partitions(DATABASE, "alpha_market_data"))
                .containsExactly("alpha_market_data_2018", "alpha_market_data_2021_01");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data_2017_expired"))
                .isEqualTo("20");
        assertThat(kit.pass(FOUR_YEARS, NOW.plus(Duration.ofDays(13)))).isEmpty();
        // Without the setting nothing is dropped, whatever was expired before.
        assertThat(kit.pass(MERGE, NOW.plus(Duration.ofDays(15)))).isEmpty();
        ran = kit.pass(FOUR_YEARS, NOW.plus(Duration.ofDays(15)));
        assertThat(ran)
                .extracting(ArchiveKit.Ran::words)
                .containsExactly("drop_expired alpha_market_data_2017_expired DONE");
        assertThat(DATABASE.value("SELECT to_regclass('alpha_market_data_2017_expired')"))
                .isNull();
    }

    @Test
    void whatWasTakenBackInTheGraceStays() {
        List<ArchiveKit.Ran> ran = kit.pass(FOUR_YEARS);
        String detail = ran.get(ran.size() - 1).result().detail();
        DATABASE.execute(detail.substring(detail.indexOf("ALTER TABLE")));
        ArchivePolicy longer = new ArchivePolicy(ArchivePolicy.Mode.MERGE, 24, OptionalInt.of(120), 14);
        ran = kit.pass(longer, NOW.plus(Duration.ofDays(15)));
        assertThat(ran).extracting(ArchiveKit.Ran::outcome).containsExactly(Outcome.NOTHING);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE \"timestamp\" < '2018-01-01Z'"))
                .isEqualTo("20");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_archive")).isEqualTo("0");
    }

    @Test
    void whatWasWrittenToSinceIsKept() {
        kit.pass(FOUR_YEARS);
        DATABASE.execute("UPDATE alpha_market_data_2017_expired SET close_price = -1 WHERE close_price = 3");
        List<ArchiveKit.Ran> ran = kit.pass(FOUR_YEARS, NOW.plus(Duration.ofDays(15)));
        assertThat(ran).extracting(ArchiveKit.Ran::outcome).containsExactly(Outcome.FAILED);
        assertThat(ran.get(0).result().detail()).startsWith("kept: it held 20 rows");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data_2017_expired"))
                .isEqualTo("20");
    }

    /** One blocked session for each kind of step: it alone is put off. */
    @Test
    void aReaderDelaysTheMoveTheExpiryAndTheDropAlone() throws SQLException {
        blocked("alpha_market_data", () -> kit.pass(DETACH), "move alpha_market_data_2017 POSTPONED");
        kit.pass(DETACH);
        late();
        blocked("alpha_market_data_2017", () -> kit.pass(DETACH), "fold alpha_market_data_2017 POSTPONED");
        ArchivePolicy expiring = new ArchivePolicy(ArchivePolicy.Mode.DETACH, 24, OptionalInt.of(48), 14);
        blocked(
                "alpha_market_data_archive",
                () -> kit.pass(expiring),
                "expire alpha_market_data_archive_2017 POSTPONED");
        kit.pass(expiring);
        blocked(
                "alpha_market_data_archive_2017_expired",
                () -> kit.pass(expiring, NOW.plus(Duration.ofDays(15))),
                "drop_expired alpha_market_data_archive_2017_expired POSTPONED");
    }

    private static void blocked(String table, java.util.function.Supplier<List<ArchiveKit.Ran>> pass, String expected)
            throws SQLException {
        try (Connection reader = DATABASE.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN ACCESS SHARE MODE");
            List<ArchiveKit.Ran> ran = pass.get();
            assertThat(ran).extracting(ArchiveKit.Ran::words).contains(expected);
            ArchiveKit.Ran step = ran.stream()
                    .filter(r -> r.words().equals(expected))
                    .findFirst()
                    .orElseThrow();
            assertThat(step.result().detail()).contains("in the way is ");
            reader.rollback();
        }
    }
}
