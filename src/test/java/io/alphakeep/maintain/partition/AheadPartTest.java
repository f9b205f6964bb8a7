package io.alphakeep.maintain.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.StepResult;
import io.alphakeep.maintain.StepResult.Outcome;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("postgres")
class AheadPartTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-09-12T12:00:00Z"), ZoneOffset.UTC);
    private static final PartitionLimits THREE_TRIES =
            new PartitionLimits(24, Duration.ofMillis(100), 3, Duration.ofMillis(10));

    private final AtomicInteger transactions = new AtomicInteger();
    private final Brake brake = new Brake();

    private AheadPart part() {
        PGSimpleDataSource plain = (PGSimpleDataSource) DATABASE.dataSource();
        PGSimpleDataSource counted = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                transactions.incrementAndGet();
                return plain.getConnection();
            }
        };
        return new AheadPart(
                new Transactions(counted, "public", Duration.ofSeconds(5), Duration.ofMinutes(1)),
                "alpha_market_data",
                2,
                THREE_TRIES,
                brake,
                CLOCK);
    }

    @Test
    void aHeldParentIsTriedThreeTimesForTheFirstMonthAndNotAtAllForTheOthers() throws SQLException {
        AheadPart part = part();
        List<AheadStep> due = part.plan();
        assertThat(due).hasSize(3);
        try (Connection holder = DATABASE.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE alpha_market_data IN SHARE UPDATE EXCLUSIVE MODE");
            transactions.set(0);
            StepResult first = part.run(due.get(0));
            assertThat(first.outcome()).isEqualTo(Outcome.POSTPONED);
            assertThat(first.detail()).contains("lock timeout");
            assertThat(transactions).hasValue(3);
            assertThat(part.run(due.get(1))).isEqualTo(first);
            assertThat(part.run(due.get(2))).isEqualTo(first);
            assertThat(transactions).hasValue(3);

            // After a signal nothing is tried again.
            AheadPart stopped = part();
            transactions.set(0);
            new Thread(() -> {
                        while (transactions.get() == 0) {
                            Thread.onSpinWait();
                        }
                        brake.stop();
                    })
                    .start();
            try {
                stopped.run(due.get(0));
            } catch (io.alphakeep.db.DatabaseException cancelled) {
                assertThat(cancelled.state()).isEqualTo("57014");
            }
            assertThat(transactions).hasValueLessThanOrEqualTo(1);
            holder.rollback();
        }
        AheadPart next =
                new AheadPart(DATABASE.transactions(), "alpha_market_data", 2, THREE_TRIES, new Brake(), CLOCK);
        for (AheadStep step : next.plan()) {
            assertThat(next.run(step).outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(next.plan()).isEmpty();
    }
}
