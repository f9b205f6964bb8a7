package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.catalog.Catalog;
import io.alphakeep.fetch.Answer;
import io.alphakeep.fetch.ApiClient;
import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.fetch.RequestParameters;
import io.alphakeep.market.Series;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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
    private final Clock clock;

    Probe(ApiAccess access, Budget budget, Clock clock) {
        this.access = access;
        this.budget = budget;
        this.clock = clock;
    }

    Result ask() {
        Map<String, String> parameters =
                RequestParameters.of(SERIES, Catalog.function(SERIES.function()), false, Optional.empty(), false);
        RunControl control = new RunControl(clock, Optional.of(clock.instant().plus(PATIENCE)));
        try (ApiClient api = new ApiClient(access.options());
                Sender sender = new Sender(api, budget, access, control, new Tally(), RunListener.SILENT)) {
            api.prepare(1);
            Sender.Sent sent = sender.send(SERIES, parameters, false);
            return sent == null ? unsent(control) : result(sender, sent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unsent("stopped");
        }
    }

    private static Result result(Sender sender, Sender.Sent sent) {
        Answer answer = sent.answer();
        FetchOutcome outcome = answer.outcome();
        if (outcome instanceof FetchOutcome.Data data) {
            data.body().close();
        } else if (outcome instanceof FetchOutcome.Throttled throttled) {
            sender.pause(throttled.pause());
        } else if (outcome instanceof FetchOutcome.QuotaExhausted) {
            sender.closeDay(sent.at());
        }
        return new Result(outcome.kind(), outcome.text(), answer.reached(), answer.simulated(), answer.took());
    }

    private static Result unsent(RunControl control) {
        RunControl.End end = control.reason().orElseThrow();
        if (end instanceof RunControl.End.Allowance spent) {
            return unsent(spent.text());
        }
        return unsent(
                end instanceof RunControl.End.Fatal fatal
                        ? fatal.problem().message()
                        : "the allowance had no room within " + PATIENCE.toSeconds() + " s");
    }

    private static Result unsent(String why) {
        return new Result("allowance", why, false, false, Duration.ZERO);
    }
}
