package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Reservation;
import io.alphakeep.catalog.Catalog;
import io.alphakeep.fetch.Answer;
import io.alphakeep.fetch.ApiClient;
import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.fetch.RequestParameters;
import io.alphakeep.market.Series;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One real request through the allowance, to see what kind of answer the key gets. What it holds is thrown away. */
public final class Probe {

    /** Longer than any window of the allowance that is not a day's. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    /** A small answer, which every plan gets. */
    private static final Series SERIES = Catalog.series("IBM", "GLOBAL_QUOTE");

    /**
     * What came of it.
     *
     * @param kind      of the answer, as in the ledger; {@code allowance} when no request was sent
     * @param text      the API's words, or ours, without the key
     * @param reached   a server answered; {@code simulated} means nothing when it did not
     * @param simulated it is a stand-in
     * @param took      from sending to the last byte
     */
    public record Result(String kind, String text, boolean reached, boolean simulated, Duration took) {}

    private final ApiAccess access;
    private final Budget budget;

    Probe(ApiAccess access, Budget budget) {
        this.access = access;
        this.budget = budget;
    }

    Result ask() {
        Optional<String> refused = refused();
        if (refused.isPresent()) {
            return new Result("allowance", refused.get(), false, false, Duration.ZERO);
        }
        Map<String, String> parameters =
                RequestParameters.of(SERIES, Catalog.function(SERIES.function()), false, Optional.empty(), false);
        try (ApiClient api = new ApiClient(access.options())) {
            Answer answer = api.ask(parameters, false);
            FetchOutcome outcome = answer.outcome();
            if (outcome instanceof FetchOutcome.Data data) {
                data.body().close();
            } else if (outcome instanceof FetchOutcome.Throttled throttled) {
                budget.pause(access.fingerprint(), access.limits(), throttled.pause());
            } else if (outcome instanceof FetchOutcome.QuotaExhausted) {
                budget.closeDay(access.fingerprint(), access.limits());
            }
            return new Result(outcome.kind(), outcome.text(), answer.reached(), answer.simulated(), answer.took());
        }
    }

    /** Waits for a permit; why there is none, if so. */
    private Optional<String> refused() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Reservation reservation = budget.reserve(access.fingerprint(), access.limits());
            if (reservation instanceof Reservation.Granted) {
                return Optional.empty();
            }
            if (reservation instanceof Reservation.DaySpent spent) {
                return Optional.of("the day's allowance is spent until " + spent.until());
            }
            Reservation.Wait wait = (Reservation.Wait) reservation;
            if (System.nanoTime() + wait.in().toNanos() > end) {
                return Optional.of("the allowance has room only at " + wait.until());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(Math.max(1, wait.in().toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("stopped");
            }
        }
    }
}
