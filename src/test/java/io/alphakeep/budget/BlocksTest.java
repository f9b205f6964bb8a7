package io.alphakeep.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many reservations it takes for the permits of workers who all want one: the database must not be what they wait for. */
@Tag("postgres")
class BlocksTest {

    private static final int WORKERS = 16;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Budget budget = new Budget(DATABASE.transactions(), () -> 0);
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    void oneServesManyAtTwelveHundredAMinuteAndOneUpToThreeHundred() throws Exception {
        // One is under way when the others come; as many blocks as it takes for those.
        assertThat(reservations("fast", new Limits(0, 1_200, 0))).isEqualTo(1 + 4);
        assertThat(reservations("slow", new Limits(0, 300, 0))).isEqualTo(WORKERS);
    }

    private long reservations(String key, Limits limits) throws Exception {
        budget.reserve(key, limits);
        try (Permits permits = new Permits(budget, key, limits, () -> 0);
                Connection holder = DATABASE.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM alpha_budget WHERE fingerprint = '" + key + "' FOR UPDATE");
            List<Future<Permits.Turn>> asked = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                asked.add(workers.submit(permits::acquire));
            }
            Await.until(
                    "one reserves, all others wait", Duration.ofSeconds(20), () -> permits.waiting() == WORKERS - 1);
            holder.rollback();
            List<Permit> got = new ArrayList<>();
            for (Future<Permits.Turn> turn : asked) {
                got.add(turn.get().permit());
            }
            assertThat(budget.usage(key, limits).usedToday()).isEqualTo(1 + WORKERS);
            return got.stream().map(Permit::at).distinct().count();
        }
    }
}
