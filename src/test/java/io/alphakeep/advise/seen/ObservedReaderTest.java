package io.alphakeep.advise.seen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.config.Failure;
import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is read of a real database, where the server's own statistics say little or nothing. */
@Tag("postgres")
class ObservedReaderTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static Observed read(Transactions transactions) {
        return new ObservedReader(transactions, process -> Machine.UNKNOWN).read();
    }

    private static Table table(String name) {
        return read(DATABASE.transactions()).tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Autovacuum would look at it in a minute: here it never does. */
    @Test
    void aTableThatWasNeverAnalysedHasItsPages() throws SQLException {
        DATABASE.execute(
                "CREATE TABLE alpha_unknown (i int, filler text) WITH (autovacuum_enabled = off)",
                "INSERT INTO alpha_unknown SELECT i, repeat('x', 1000) FROM generate_series(1, 7000) i");
        assertThat(DATABASE.value("SELECT relpages FROM pg_class WHERE relname = 'alpha_unknown'"))
                .isEqualTo("0");
        assertThat(table("alpha_unknown").pages()).isEqualTo(1_000);
        assertThat(table("alpha_unknown").rows()).isEqualTo(7_000);
        assertThat(table("alpha_market_data").pages())
                .as("a partitioned one has none of its own")
                .isZero();
        try (Connection lock = DATABASE.lock("alpha_unknown IN ACCESS EXCLUSIVE MODE")) {
            assertThat(table("alpha_unknown").pages())
                    .as("it is not waited for")
                    .isZero();
            lock.rollback();
        }
    }

    @Test
    void countersThatWereNeverResetHaveNoSpan() {
        assertThat(read(DATABASE.transactions()).server().resetSeconds()).isEmpty();
        DATABASE.execute("SELECT pg_stat_reset()");
        assertThat(read(DATABASE.transactions()).server().resetSeconds().orElse(-1))
                .isBetween(0L, 600L);
    }

    @Test
    void aSchemaThatIsNotThereIsToldAndOneWithoutTablesIsSaid() {
        Transactions misspelt =
                new Transactions(DATABASE.pool(), "markt", Duration.ofSeconds(5), Duration.ofMinutes(1));
        assertThatThrownBy(() -> read(misspelt)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(78);
            assertThat(failure.line()).contains("no schema markt", "ALPHAKEEP_SCHEMA");
        });
        DATABASE.execute("CREATE SCHEMA markt");
        assertThat(read(misspelt).unseen().get(0)).contains("markt has no table named alpha_…", "ALPHAKEEP_SCHEMA");
    }
}
