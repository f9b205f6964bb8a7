package io.alphakeep.maintain.archive;

import static io.alphakeep.maintain.archive.ArchiveKit.DETACH;
import static io.alphakeep.maintain.archive.ArchiveKit.MERGE;
import static io.alphakeep.maintain.archive.ArchiveKit.fill;
import static io.alphakeep.maintain.archive.ArchiveKit.partitions;
import static io.alphakeep.maintain.archive.ArchiveKit.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.maintain.StepResult.Outcome;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** Roles, defaults and changes of others that the archive must not stumble over. Long: on the embedded server alone. */
class SafeguardsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final ArchiveKit kit = ArchiveKit.of(DATABASE);

    @BeforeEach
    void months() {
        ArchiveKit.clear(DATABASE);
        fill(DATABASE, 2019, 2, 20);
        fill(DATABASE, 2021, 1, 20);
    }

    @AfterEach
    void defaults() {
        DATABASE.execute(
                "ALTER DATABASE " + DATABASE.name() + " RESET default_transaction_isolation",
                "ALTER TABLE alpha_market_data DROP COLUMN IF EXISTS note",
                "DROP INDEX IF EXISTS mine");
    }

    private PGSimpleDataSource as(String role) {
        String name = role + "_" + DATABASE.name();
        DATABASE.execute("DO $$ BEGIN IF to_regrole('" + name + "') IS NULL THEN CREATE ROLE " + name
                + " LOGIN PASSWORD 'role'; END IF; END $$");
        PGSimpleDataSource source = (PGSimpleDataSource) DATABASE.dataSource();
        source.setUser(name);
        source.setPassword("role");
        return source;
    }

    /** Of other roles' sessions it sees neither the kind nor the age, but what counts: the snapshot. */
    @Test
    void anOwnerWhoMaySeeLittleStillSeesAnotherRolesSnapshot() throws SQLException {
        String owner = as("owner").getUser();
        DATABASE.execute(
                "GRANT ALL ON SCHEMA public TO " + owner,
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + owner,
                "ALTER TABLE alpha_market_data OWNER TO " + owner);
        for (String partition : partitions(DATABASE, "alpha_market_data")) {
            DATABASE.execute("ALTER TABLE " + partition + " OWNER TO " + owner);
        }
        ArchiveKit owned = new ArchiveKit(as("owner"), "public");
        try (Connection reader = as("reader").getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT 1");
            List<ArchiveKit.Ran> ran = owned.pass(MERGE);
            assertThat(ran).extracting(ArchiveKit.Ran::words).containsExactly("merge alpha_market_data_2019 POSTPONED");
            assertThat(ran.get(0).result().detail()).contains("holds a snapshot that is older than the copy");
            reader.rollback();
        }
        owned.done(MERGE);
        DATABASE.execute("ALTER TABLE alpha_market_data OWNER TO postgres");
    }

    /** The year belongs to whom the table belongs, or he could not maintain it any more. */
    @Test
    void aMemberOfTheOwnerLeavesWhatHeMakesToTheOwner() {
        String owner = as("owner").getUser();
        String member = as("member").getUser();
        String reader = as("reader").getUser();
        DATABASE.execute(
                "GRANT " + owner + " TO " + member,
                "GRANT ALL ON SCHEMA public TO " + owner + ", " + member,
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + owner + ", " + member,
                "ALTER TABLE alpha_market_data OWNER TO " + owner,
                "GRANT SELECT ON alpha_market_data TO " + reader);
        for (String partition : partitions(DATABASE, "alpha_market_data")) {
            DATABASE.execute("ALTER TABLE " + partition + " OWNER TO " + owner);
        }
        new ArchiveKit(as("member"), "public").done(DETACH);
        assertThat(
                        DATABASE.query(
                                "SELECT relname, pg_get_userbyid(relowner), has_table_privilege('" + reader
                                        + "', oid, 'SELECT') FROM pg_class WHERE relname ~ '^alpha_market_data_archive(_2019)?$' ORDER BY 1"))
                .containsExactly(
                        List.of("alpha_market_data_archive", owner, "t"),
                        List.of("alpha_market_data_archive_2019", owner, "f"));
        DATABASE.execute("ALTER TABLE alpha_market_data OWNER TO postgres");
    }

    /** Where the database's default is REPEATABLE READ, the look under the lock must still be newer than the lock. */
    @Test
    void aWriterWhoCommitsWhileTheLockIsWaitedForIsNotOverlooked() throws Exception {
        DATABASE.execute(
                "ALTER DATABASE " + DATABASE.name() + " SET default_transaction_isolation = 'repeatable read'");
        try (Connection blocker = DATABASE.dataSource().getConnection();
                Statement statement = blocker.createStatement()) {
            // The copy is made, its exchange waits for this reader's snapshot.
            blocker.setAutoCommit(false);
            statement.execute("SELECT 1");
            kit.pass(MERGE);
            blocker.rollback();
        }
        try (Connection writer = DATABASE.dataSource().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            writer.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            statement.execute(
                    "UPDATE alpha_market_data SET close_price = 4711 WHERE ticker = 'IBM' AND \"timestamp\" < '2019-01-02Z'");
            // Ends the portal, and its snapshot with it.
            statement.execute("SET LOCAL application_name = 'writer'");
            CompletableFuture<List<ArchiveKit.Ran>> pass = CompletableFuture.supplyAsync(() -> kit.pass(MERGE));
            Await.until(
                    "the pass waits for the writer",
                    Duration.ofSeconds(20),
                    () -> DATABASE.value(
                                    "SELECT count(*) FROM pg_locks WHERE mode = 'ShareLock' AND locktype = 'relation' AND NOT granted")
                            .equals("1"));
            writer.commit();
            pass.join();
        }
        String written = rows(DATABASE);
        kit.pass(MERGE);
        assertThat(partitions(DATABASE, "alpha_market_data")).contains("alpha_market_data_2019");
        assertThat(rows(DATABASE)).isEqualTo(written);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE close_price = 4711"))
                .isNotEqualTo("0");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_archive")).isEqualTo("0");
    }

    /** A month's table that waits to be dropped knows where its rows are by the year's name. */
    @Test
    void aYearKeepsItsNameUntilItsMonthsAreDropped() throws SQLException {
        String before = rows(DATABASE);
        ArchiveKit.Ran merged = kit.pass(
                        new ArchivePolicy(ArchivePolicy.Mode.MERGE, 24, java.util.OptionalInt.empty(), 14))
                .get(0);
        assertThat(merged.outcome()).isEqualTo(Outcome.DONE);
        DATABASE.execute(
                "CREATE TABLE alpha_market_data_2019_01 (LIKE alpha_market_data)",
                "INSERT INTO alpha_archive (relation, state, parent, copied_to, lower_bound, upper_bound, row_count, row_hash, since)"
                        + " VALUES ('alpha_market_data_2019_01', 'merged', 'alpha_market_data', 'alpha_market_data_2019',"
                        + " '2019-01-01Z', '2020-01-01Z', 0, 0, now())");
        try (Connection reader = DATABASE.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE alpha_market_data_2019_01 IN ACCESS SHARE MODE");
            assertThat(kit.pass(DETACH))
                    .extracting(ArchiveKit.Ran::words)
                    .containsExactly("drop_merged alpha_market_data_2019_01 POSTPONED");
            reader.rollback();
        }
        assertThat(kit.done(DETACH))
                .extracting(ArchiveKit.Ran::words)
                .containsExactly("drop_merged alpha_market_data_2019_01 DONE", "move alpha_market_data_2019 DONE");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data_archive"))
                .isEqualTo("240");
        assertThat(before).startsWith("360 ");
    }

    @Test
    void aCopyThatSomebodyDroppedIsMadeAnew() throws SQLException {
        kit.copyOnly();
        DATABASE.execute("DROP TABLE alpha_market_data_2019");
        String before = rows(DATABASE);
        kit.done(MERGE);
        assertThat(rows(DATABASE)).isEqualTo(before);
    }

    @Test
    void aCopyOfOtherColumnsThanTheTableHasByNowIsMadeAnew() throws SQLException {
        kit.copyOnly();
        DATABASE.execute("ALTER TABLE alpha_market_data ADD COLUMN note text");
        assertThat(kit.done(MERGE).get(0).words()).isEqualTo("drop_copy alpha_market_data_2019 DONE");
        assertThat(partitions(DATABASE, "alpha_market_data")).contains("alpha_market_data_2019");
    }

    /** Attaching a copy without it would build it with everybody locked out. */
    @Test
    void aCopyWithoutAnIndexThatTheTableHasByNowIsMadeAnew() throws SQLException {
        kit.copyOnly();
        DATABASE.execute("CREATE INDEX mine ON alpha_market_data (updated_at)");
        assertThat(kit.done(MERGE).get(0).words()).isEqualTo("drop_copy alpha_market_data_2019 DONE");
        assertThat(DATABASE.value("SELECT count(*) FROM pg_index WHERE indrelid = 'alpha_market_data_2019'::regclass"))
                .isEqualTo("2");
    }
}
