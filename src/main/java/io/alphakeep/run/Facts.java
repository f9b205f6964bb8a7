package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Limits;
import io.alphakeep.budget.Usage;
import io.alphakeep.catalog.Catalog;
import io.alphakeep.catalog.Function;
import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.db.Transactions;
import io.alphakeep.fetch.KeyFingerprint;
import io.alphakeep.ledger.WatchList;
import io.alphakeep.ledger.Watermarks;
import io.alphakeep.plan.Lateness;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What is told of the warehouse to those who watch it from outside, and know neither plan nor budget nor catalogue. */
public final class Facts {

    private static final String BARS = "alpha_market_data";
    private static final String DOCUMENTS = "alpha_fundamental_data";

    /**
     * How the key's allowance stands.
     *
     * @param limits    by window ({@code second}, {@code minute}, {@code day}); windows without a limit are not in it
     * @param remaining the same, what is left; of the day also where only the provider closed it
     * @param usedToday requests reserved since the day began
     * @param dayEnds   when that day ends
     */
    public record Allowance(
            Map<String, Integer> limits, Map<String, Integer> remaining, int usedToday, Instant dayEnds) {}

    /**
     * How late the series of a function are that are asked; 0 = up to date.
     *
     * @param median half of them are at most that late
     */
    public record Staleness(Duration longest, Duration median) {}

    private final AlphakeepConfig config;
    private final Transactions transactions;
    private final Clock clock;

    Facts(AlphakeepConfig config, Transactions transactions, Clock clock) {
        this.config = config;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The API's names of all functions that are known. */
    public static List<String> functions() {
        return Catalog.functions().stream().map(Function::name).toList();
    }

    /** The function of a series, by {@code endpoint} or {@code F[:interval]}; the text itself where none is known. */
    public static String function(String endpoint) {
        String name = endpoint.replaceFirst("[_:]\\d+min$", "");
        return Catalog.find(name).isPresent() ? name : endpoint;
    }

    /** The table that a function's rows are in, by {@code endpoint} or {@code F[:interval]}. */
    public static String table(String endpoint) {
        return Catalog.find(function(endpoint)).filter(f -> !f.isMarketData()).isPresent() ? DOCUMENTS : BARS;
    }

    /** Empty where no key is configured. */
    public Optional<Allowance> allowance() {
        return config.api().key().map(key -> {
            Limits limits = ApiAccess.limits(config);
            Usage usage = new Budget(transactions).usage(KeyFingerprint.of(key), limits);
            Map<String, Integer> most = new LinkedHashMap<>();
            put(most, "second", limits.perSecond());
            put(most, "minute", limits.perMinute());
            put(most, "day", limits.perDay());
            Map<String, Integer> left = new LinkedHashMap<>();
            put(left, "second", usage.secondLeft());
            put(left, "minute", usage.minuteLeft());
            put(left, "day", usage.dayLeft());
            return new Allowance(most, left, usage.usedToday(), usage.dayEnds());
        });
    }

    /** By the API's name of the function, how long what its series lack has been due. */
    public Map<String, Staleness> staleness() {
        Map<String, Staleness> told = new LinkedHashMap<>();
        Lateness.byFunction(new WatchList(transactions).list(), new Watermarks(transactions).all(), clock.instant())
                .forEach((function, late) -> told.put(function, new Staleness(late.longest(), late.median())));
        return told;
    }

    private static void put(Map<String, Integer> to, String window, int limit) {
        if (limit > 0) {
            to.put(window, limit);
        }
    }

    private static void put(Map<String, Integer> to, String window, OptionalInt left) {
        left.ifPresent(value -> to.put(window, value));
    }
}
