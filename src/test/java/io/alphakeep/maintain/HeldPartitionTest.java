package io.alphakeep.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.index.IndexPolicy;
import io.alphakeep.maintain.index.Indexes;
import io.alphakeep.maintain.partition.Homes;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One month under VACUUM FULL or DDL is in the way of nothing that other months need. */
@Tag("postgres")
class HeldPartitionTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-09-12T12:00:00Z"), ZoneOffset.UTC);
    private static final String TABLE = "alpha_market_data";

    @Test
    void theOthersAreReadMadeAndPlanned() throws SQLException {
        Transactions transactions = DATABASE.transactions().withLockTimeout(Duration.ofMillis(300));
        DATABASE.execute(
                "SELECT create_monthly_partition('alpha_market_data', '2026-08-01')",
                "SELECT create_monthly_partition('alpha_market_data', '2026-09-01')");
        Outside outside = new Outside(transactions, new Brake(), Duration.ofSeconds(5));
        Indexes indexes = new Indexes(transactions, outside, TABLE, List.of(IndexPolicy.DEFAULT), CLOCK);
        indexes.plan().forEach(indexes::run);
        try (Connection holder = DATABASE.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE alpha_market_data_2026_08 IN ACCESS EXCLUSIVE MODE");

            assertThat(new Catalogue(transactions).partitions(TABLE))
                    .extracting(Partition::from)
                    .containsExactly(Instant.parse("2026-08-01T00:00:00Z"), Instant.parse("2026-09-01T00:00:00Z"));
            Homes homes = new Partitions(
                            transactions,
                            TABLE,
                            new PartitionLimits(24, Duration.ofMillis(300), 1, Duration.ofMillis(1)),
                            CLOCK)
                    .ensure(List.of(Instant.parse("2026-10-05T00:00:00Z")));
            assertThat(homes.postponed()).isEmpty();
            assertThat(homes.made()).containsExactly("alpha_market_data_2026_10");
            assertThat(indexes.plan())
                    .extracting(step -> step.action() + " " + step.partition())
                    .containsExactly("create_index alpha_market_data_2026_10");
            holder.rollback();
        }
    }
}
