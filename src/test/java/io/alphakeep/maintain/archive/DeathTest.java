package io.alphakeep.maintain.archive;

import static io.alphakeep.maintain.archive.ArchiveKit.fill;
import static io.alphakeep.maintain.archive.ArchiveKit.partitions;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.maintain.StepResult.Outcome;
import io.alphakeep.testkit.TestDatabase;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A pass that dies before or after any of its commits: no row is lost or out of sight, and the next pass finishes what was
 * begun and leaves nothing behind.
 * Long, and nothing in it depends on
 * the server's version: on the embedded server alone.
 */
class DeathTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    /** Merges 2018, moves it to the archive, and expires the archive's 2015. */
    private static final ArchivePolicy ALL = new ArchivePolicy(ArchivePolicy.Mode.DETACH, 24, OptionalInt.of(60), 1);

    private static void years() {
        ArchiveKit.clear(DATABASE);
        DATABASE.execute("SELECT create_yearly_partition('alpha_market_data', '2015-01-01')", """
                INSERT INTO alpha_market_data (ticker, "timestamp", endpoint, api_function, ingestion_epoch, updated_at)
                VALUES ('OLD', '2015-05-05Z', 'E', 'E', 1, '2015-05-05Z')
                """);
        fill(DATABASE, 2018, 2, 10);
        fill(DATABASE, 2021, 1, 10);
    }

    @Test
    void wheneverItDiesTheNextPassFinishes() {
        boolean through = false;
        int commits = 0;
        for (; !through; commits++) {
            for (boolean after : new boolean[] {false, true}) {
                years();
                Mortal mortal = new Mortal(DATABASE.dataSource(), commits, after);
                try {
                    new ArchiveKit(mortal, "public").pass(ALL);
                    through = true;
                } catch (DatabaseException e) {
                    assertThat(mortal.isDead()).as(e.getMessage()).isTrue();
                }
                String where = (after ? "after commit " : "before commit ") + commits;
                assertThat(seen()).as(where).isEqualTo("2015 and 120 of 2018 and 60 of 2021");
                List<ArchiveKit.Ran> ran = ArchiveKit.of(DATABASE).pass(ALL);
                assertThat(ran).as(where).allMatch(step -> step.outcome() == Outcome.DONE);
                assertThat(partitions(DATABASE, "alpha_market_data"))
                        .as(where)
                        .containsExactly("alpha_market_data_2021_01");
                assertThat(partitions(DATABASE, "alpha_market_data_archive"))
                        .as(where)
                        .containsExactly("alpha_market_data_archive_2018");
                assertThat(DATABASE.query("SELECT relation, state FROM alpha_archive"))
                        .as(where)
                        .containsExactly(List.of("alpha_market_data_archive_2015_expired", "expired"));
                assertThat(
                                DATABASE.query(
                                        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ 'alpha_market_data_.*\\d' ORDER BY 1"))
                        .as(where)
                        .containsExactly(
                                List.of("alpha_market_data_2021_01"),
                                List.of("alpha_market_data_archive_2015_expired"),
                                List.of("alpha_market_data_archive_2018"));
            }
        }
        // Copy, exchange, a drop for each month, the archive's table, bounds, their check, the move, the expiry.
        assertThat(commits).isGreaterThanOrEqualTo(10);
    }

    /** The rows in the tables that queries name, and the expired one. */
    private static String seen() {
        boolean archive = DATABASE.value("SELECT to_regclass('alpha_market_data_archive')") != null;
        boolean expired = DATABASE.value("SELECT to_regclass('alpha_market_data_archive_2015_expired')") != null;
        String all = "TABLE alpha_market_data"
                + (archive ? " UNION ALL TABLE alpha_market_data_archive" : "")
                + (expired ? " UNION ALL TABLE alpha_market_data_archive_2015_expired" : "");
        return DATABASE.value("SELECT string_agg(DISTINCT '2015', '') FILTER (WHERE ticker = 'OLD') || ' and '"
                + " || count(*) FILTER (WHERE extract(year FROM \"timestamp\") = 2018) || ' of 2018 and '"
                + " || count(*) FILTER (WHERE extract(year FROM \"timestamp\") = 2021) || ' of 2021' FROM (" + all
                + ") m");
    }
}
