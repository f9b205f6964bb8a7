package io.alphakeep.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class GuardTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String HOLDER = """
            SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private static Guard guard() {
        return new Guard(DATABASE.transactions());
    }

    @Test
    void theSecondLeavesAtOnceAndNamesTheFirst() {
        AtomicBoolean second = new AtomicBoolean();
        assertThat(guard().during(held -> {
                    assertThat(held.lives()).isTrue();
                    assertThat(guard().during(other -> second.set(true)))
                            .contains("process " + DATABASE.value(HOLDER))
                            .contains("since 20");
                }))
                .isEmpty();
        assertThat(second).isFalse();
        assertThat(guard().during(held -> second.set(true))).isEmpty();
        assertThat(second).isTrue();
    }

    @Test
    void holdsNoSnapshotAndHasNoTimeoutOfItsOwn() {
        DATABASE.execute(
                "ALTER DATABASE " + DATABASE.name() + " SET idle_in_transaction_session_timeout = '200ms'",
                "ALTER DATABASE " + DATABASE.name() + " SET default_transaction_isolation = 'repeatable read'");
        try {
            guard().during(held -> {
                String idle = "SELECT state || coalesce(' snapshot ' || backend_xmin::text, ''), "
                        + "clock_timestamp() - state_change > interval '500 ms' FROM pg_stat_activity WHERE pid = ("
                        + HOLDER + ")";
                Await.until(
                        "longer idle than the timeout",
                        Duration.ofSeconds(10),
                        () -> DATABASE.query(idle).get(0).get(1).equals("t"));
                assertThat(DATABASE.value(idle)).isEqualTo("idle in transaction");
                assertThat(held.lives()).isTrue();
            });
        } finally {
            DATABASE.execute(
                    "ALTER DATABASE " + DATABASE.name() + " RESET idle_in_transaction_session_timeout",
                    "ALTER DATABASE " + DATABASE.name() + " RESET default_transaction_isolation");
        }
    }

    @Test
    void aKilledHolderFreesItAndIsToldThatItLostIt() {
        AtomicBoolean second = new AtomicBoolean();
        guard().during(held -> {
            DATABASE.value("SELECT pg_terminate_backend(pid, 5000) FROM (" + HOLDER + ") h");
            assertThat(guard().during(other -> second.set(true))).isEmpty();
            assertThat(held.lives()).isFalse();
        });
        assertThat(second).isTrue();
    }

    @Test
    void schemasDoNotMindEachOther() {
        AtomicBoolean second = new AtomicBoolean();
        guard().during(held -> new Guard(
                        new Transactions(DATABASE.dataSource(), "other", Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .during(other -> second.set(true)));
        assertThat(second).isTrue();
    }
}
