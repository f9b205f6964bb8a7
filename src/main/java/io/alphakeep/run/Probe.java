package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Permit;
import io.alphakeep.budget.Permits;
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
        Map<String, String> parameters =
                RequestParameters.of(SERIES, Catalog.function(SERIES.function()), false, Optional.empty(), false);
        try (ApiClient api = new ApiClient(access.options());
                Permits permits = new Permits(budget, access.fingerprint(), access.limits())) {
            api.prepare(1);
            Permit permit = permit(permits);
            Optional<Answer> sent = api.ask(parameters, false, newConnection -> permit.use());
            permits.release(permit);
            if (sent.isEmpty()) {
                throw new Refused("the permit was too old before the request could be sent; try again");
            }
            Answer answer = sent.get();
            FetchOutcome outcome = answer.outcome();
            if (outcome instanceof FetchOutcome.Data data) {
                data.body().close();
            } else if (outcome instanceof FetchOutcome.Throttled throttled) {
                budget.pause(access.fingerprint(), access.limits(), throttled.pause());
            } else if (outcome instanceof FetchOutcome.QuotaExhausted) {
                budget.closeDay(access.fingerprint(), access.limits(), permit.at());
            }
            return new Result(outcome.kind(), outcome.text(), answer.reached(), answer.simulated(), answer.took());
        } catch (Refused e) {
            return new Result("allowance", e.getMessage(), false, false, Duration.ZERO);
        }
    }

    /** Waits for a permit. */
    private static Permit permit(Permits permits) throws Refused {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Permits.Turn turn = permits.acquire();
                if (turn.permit() != null) {
                    return turn.permit();
                }
                if (turn.refused() instanceof Reservation.DaySpent spent) {
                    throw new Refused("the day's allowance is spent until " + spent.until());
                }
                Reservation.Wait wait = (Reservation.Wait) turn.refused();
                if (System.nanoTime() + wait.in().toNanos() > end) {
                    throw new Refused("the allowance has room only at " + wait.until());
                }
                TimeUnit.MILLISECONDS.sleep(Math.max(1, wait.in().toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refused("stopped");
            }
        }
    }

    /** No request was sent; the message says why. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }
}
