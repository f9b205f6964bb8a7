package io.alphakeep.maintain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Outside;
import io.alphakeep.testkit.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("postgres")
class StatisticsPartTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static StatisticsPart part(Transactions transactions) {
        return new StatisticsPart(
                transactions, new Outside(transactions, new Brake(), Duration.ofSeconds(5)), Clock.systemUTC());
    }

    @Test
    void onlyOursAndWhatTheRoleMayAnalyse() {
        DATABASE.execute(
                "SELECT create_monthly_partition('alpha_market_data', '2026-09-01')",
                "INSERT INTO alpha_market_data SELECT 'T' || i, '2026-09-02Z', 'E', 'F', 1, 1, 1, 1, 1, 1, 1, 1, 0, NULL, 1, now() FROM generate_series(1, 3000) i",
                "CREATE TABLE alpha_theirs AS SELECT i FROM generate_series(1, 3000) i",
                "CREATE TABLE alpha_market_data_2011_expired AS SELECT * FROM alpha_market_data",
                "SELECT pg_stat_force_next_flush()");
        assertThat(part(DATABASE.transactions()).plan())
                .extracting(AnalyzeStep::table)
                // Before PostgreSQL 18 the parent's ANALYZE covers its partitions.
                .isSubsetOf("alpha_market_data_2026_09", "alpha_market_data")
                .contains("alpha_market_data");

        String role = "stranger_" + DATABASE.name();
        DATABASE.execute(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role);
        PGSimpleDataSource source = (PGSimpleDataSource) DATABASE.dataSource();
        source.setUser(role);
        source.setPassword("x");
        assertThat(part(new Transactions(source, "public", Duration.ofSeconds(5), Duration.ofMinutes(1)))
                        .plan())
                .isEmpty();
    }
}
