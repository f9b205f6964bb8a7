package io.alphakeep.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.budget.Budget;
import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.SettingsSource;
import io.alphakeep.db.Transactions;
import io.alphakeep.fetch.KeyFingerprint;
import io.alphakeep.ledger.WatchList;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.plan.Allowance;
import io.alphakeep.plan.Omission;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlannedRequest;
import io.alphakeep.testkit.TestDatabase;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the plan tells of today's allowance is what a run keeps to. */
class TodayTest {

    private static final String KEY = "alphakeep.api.key";
    private static final String PER_DAY = "alphakeep.requests-per-day";
    private static final int DAY = 25;
    private static final int DUE = 40;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Transactions transactions = DATABASE.transactions();

    private static AlphakeepConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(AlphakeepConfig.class)
                .withSources(
                        new SettingsSource(),
                        new PropertiesConfigSource(settings, "test", 500),
                        new PropertiesConfigSource(
                                Map.of("alphakeep.allowance-day", RunKit.DAY_BEGINS), "the kit's day", 500))
                .build()
                .getConfigMapping(AlphakeepConfig.class);
    }

    @Test
    void isKnownWhereAKeyHasALimitADay() {
        assertThat(Today.of(config(Map.of(PER_DAY, "25")), transactions)).isEmpty();
        assertThat(Today.of(config(Map.of(KEY, "A", PER_DAY, "0")), transactions))
                .isEmpty();

        AlphakeepConfig config = config(Map.of(KEY, "A", PER_DAY, "25"));
        new Budget(transactions).reserve(KeyFingerprint.of("A"), RunKit.limits(OptionalInt.of(DAY)));
        assertThat(Today.of(config, transactions)).hasValueSatisfying(today -> {
            assertThat(today).isEqualTo(new Allowance(DAY, DAY - 1, today.until()));
            assertThat(today.until()).isAfter(Instant.now());
        });
    }

    @Test
    void aRunAsksTheFirstOfThePlanAndThePlanTellsOfTheRest() {
        new WatchList(transactions)
                .add(IntStream.range(0, DUE)
                        .mapToObj(i -> new WatchEntry(
                                RunKit.daily("S" + (10 + i)), Optional.empty(), i % 7 - 3, Optional.empty()))
                        .toList());
        List<String> all = tickers(plan(Map.of()));
        assertThat(all).hasSize(DUE);
        assertThat(all.get(0)).as("by priority, not by name").isEqualTo("S16");
        Plan today = plan(Map.of(KEY, RunKit.KEY, PER_DAY, "25"));
        assertThat(tickers(today)).isEqualTo(all.subList(0, DAY));
        assertOmitted(today, all.subList(DAY, DUE), "beyond today's allowance (25 a day, 25 left)");

        RunKit kit = new RunKit(DATABASE);
        kit.key = KeyFingerprint.of(RunKit.KEY);
        kit.limits = RunKit.limits(OptionalInt.of(DAY));
        Script api = Script.by(p -> Bodies.bars(p.get("symbol"), "2024-11-08"));
        RunKit.Finished done = kit.run(api, plan(Map.of()).requests().toArray(PlannedRequest[]::new));

        assertThat(done.outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(api.asked("symbol")).isEqualTo(all.subList(0, DAY));
        Plan after = plan(Map.of(KEY, RunKit.KEY, PER_DAY, "25"));
        assertThat(after.requests()).isEmpty();
        assertOmitted(after, all.subList(DAY, DUE), "beyond today's allowance (25 a day, 0 left)");
    }

    private Plan plan(Map<String, String> settings) {
        Clock clock = Clock.fixed(RunKit.NOW, ZoneOffset.UTC);
        return new Ingestion(config(settings), transactions, null, clock).plan(RunRequest.due("command"));
    }

    private static List<String> tickers(Plan plan) {
        return plan.requests().stream().map(r -> r.series().symbol().text()).toList();
    }

    /** Each of them in a line of its own, with the reason. */
    private static void assertOmitted(Plan plan, List<String> tickers, String reason) {
        List<Omission> beyond = plan.omissions().stream()
                .filter(omission -> omission.reason().startsWith(reason))
                .toList();
        assertThat(beyond.stream().map(o -> o.series().symbol().text())).containsExactlyInAnyOrderElementsOf(tickers);
    }
}
