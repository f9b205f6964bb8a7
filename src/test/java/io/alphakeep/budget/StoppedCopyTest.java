package io.alphakeep.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Next;
import io.alphakeep.db.SqlState;
import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A copy that is stopped between two statements of a transaction: nobody else waits for it longer than its bound. */
@Tag("postgres")
class StoppedCopyTest {

    private static final Limits LIMITS = new Limits(5, 0, 10);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Transactions transactions = DATABASE.transactions();
    private final Budget budget = new Budget(transactions);

    @Test
    void theLineOfTheKeyIsFreeAgainAndTheStoppedOneMayTryAgain() {
        budget.reserve("shared", LIMITS);
        Transactions stopped = transactions.withIdleTimeout(Duration.ofMillis(300));

        assertThatThrownBy(() -> stopped.readThenWrite(
                        "SELECT FROM alpha_budget WHERE fingerprint = ? FOR UPDATE",
                        s -> s.setString(1, "shared"),
                        s -> true,
                        held -> {
                            // Between its two statements, until somebody else has the line.
                            assertThat(budget.reserve("shared", LIMITS)).isInstanceOf(Reservation.Granted.class);
                            return new Next<>(
                                    "UPDATE alpha_budget SET utc_used = 99 WHERE fingerprint = ?",
                                    s -> s.setString(1, "shared"),
                                    true);
                        }))
                .isInstanceOfSatisfying(DatabaseException.class, e -> {
                    assertThat(e.state()).isEqualTo("25P03");
                    assertThat(e.kind()).isEqualTo(SqlState.CONTENTION);
                });

        assertThat(budget.usage("shared", LIMITS).usedToday()).isEqualTo(2);
    }
}
