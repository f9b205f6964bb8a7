package io.alphakeep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Reject;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class StatusTest {

    private static final Instant OLD = Instant.parse("1999-11-01T00:00:00Z");
    private static final Instant NEW = Instant.parse("2024-11-08T00:00:00Z");
    private static final Duration TIME = Duration.ofSeconds(30);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    void tellsWhatTheLedgerAndTheServerKnow() {
        Series answered = Series.of("IBM", "TIME_SERIES_DAILY");
        Series failing = Series.of("MSFT", "TIME_SERIES_DAILY");
        Series parked = Series.of("GONE", "OVERVIEW");
        Series fresh = Series.of("AAPL", "OVERVIEW");
        Series unwatched = Series.of("KO", "OVERVIEW");
        long run = new Runs(DATABASE.transactions()).open(NEW, "command", "host", 1, "0.1");
        new WatchList(DATABASE.transactions())
                .add(List.of(entry(answered), entry(failing), entry(parked), entry(fresh)));
        Leases leases = new Leases(DATABASE.transactions());
        Watermarks watermarks = new Watermarks(DATABASE.transactions());
        leases.lease(answered, run, TIME, null);
        leases.lease(failing, run, TIME, null);
        new Parking(DATABASE.transactions()).park(parked, "unknown symbol");
        new Parking(DATABASE.transactions()).park(unwatched, "unknown symbol");
        DATABASE.transactions().run(c -> {
            Answered answer = new Answered(OLD, NEW, NEW, NEW, false, false, null, null);
            watermarks.answered(c, RequestsTest.line(run, answered, null, null), answer);
            watermarks.failed(c, run, failing, NEW, true);
            Reject reject = new Reject("date", "x", "not a date", "{}");
            new Rejects().record(c, run, answered, Instant.parse("2001-01-01T00:00:00Z"), List.of(reject));
            return null;
        });
        DATABASE.execute(
                "INSERT INTO alpha_reject (run, ticker, endpoint, rejected_at, reason, place, detail, payload) "
                        + "SELECT 1, 'IBM', 'X', clock_timestamp() - interval '6 days', 'date', '', '', '' FROM generate_series(1, 3)",
                "SELECT create_monthly_partition('alpha_market_data', '2024-10-01')",
                "SELECT create_monthly_partition('alpha_market_data', '2024-11-01')",
                "INSERT INTO alpha_market_data (ticker, \"timestamp\", endpoint, api_function, ingestion_epoch, updated_at) "
                        + "SELECT 'IBM', d, 'X', 'X', 1, now() FROM generate_series('2024-10-10Z'::timestamptz, '2024-11-18Z', '24 hours') d",
                "ANALYZE alpha_market_data");

        StatusFacts facts = new Status(DATABASE.transactions()).read(5);

        assertThat(facts.runs()).extracting(RunLine::run).containsExactly(run);
        assertThat(facts.series()).isEqualTo(new StatusFacts.SeriesCounts(4, 3, 1, 1));
        assertThat(facts.spans())
                .containsExactly(
                        new StatusFacts.FunctionSpan("OVERVIEW", 2, Optional.empty(), Optional.empty()),
                        new StatusFacts.FunctionSpan("TIME_SERIES_DAILY", 2, Optional.of(OLD), Optional.of(NEW)));
        assertThat(facts.rejectsInSevenDays()).isEqualTo(3);
        assertThat(facts.tables())
                .extracting(StatusFacts.TableSize::table)
                .contains("alpha_watch", "alpha_run")
                .doesNotContain("alpha_market_data_2024_11");
        assertThat(table(facts, "alpha_market_data")).satisfies(t -> {
            assertThat(t.rows()).isEqualTo(40);
            assertThat(t.partitions()).isEqualTo(2);
            assertThat(t.bytes())
                    .isEqualTo(
                            Long.parseLong(
                                    DATABASE.value(
                                            "SELECT pg_total_relation_size('alpha_market_data_2024_10') + pg_total_relation_size('alpha_market_data_2024_11')")));
        });
        assertThat(table(facts, "alpha_watch").partitions()).isZero();
        assertThat(table(facts, "alpha_watch").bytes()).isPositive();
    }

    private static StatusFacts.TableSize table(StatusFacts facts, String name) {
        return facts.tables().stream()
                .filter(t -> t.table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static WatchEntry entry(Series series) {
        return new WatchEntry(series, Optional.empty(), 0, Optional.empty());
    }
}
