package io.alphakeep.run;

import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.ledger.Parking;
import io.alphakeep.market.Series;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a run does about answers that refuse or that came to nothing: tell it once, count it, park what is hopeless. */
final class Refusals {

    /** An unknown symbol is asked once more in a later run before it is parked: the API says so at times for nothing. */
    private static final int FAILURES_BEFORE_PARKING = 1;

    /** A series that has data is believed in for longer. */
    private static final int FAILURES_BEFORE_PARKING_WITH_DATA = 5;

    /** After 10 minutes, doubled for each failure in a row, a day at most. */
    static final String LATER = "it is asked again in a while; alphakeep plan says when";

    private final Parking parking;
    private final Store store;
    private final Tally tally;
    private final Map<String, String> refusedFunctions = new ConcurrentHashMap<>();

    Refusals(Parking parking, Store store, Tally tally) {
        this.parking = parking;
        this.store = store;
        this.tally = tally;
    }

    /** Whether the series' function was refused in this run already; then it is parked without another request. */
    boolean isRefused(Series series) {
        String reason = refusedFunctions.get(series.function());
        if (reason != null) {
            parking.park(series, reason);
        }
        return reason != null;
    }

    void tell(Store.Call call, FetchOutcome outcome) {
        Series series = call.series();
        Told told = told(outcome);
        store.failed(call);
        tally.failed();
        tally.problem(new Problem(series.toString(), outcome.kind(), told.message(), told.next()));
        // A month of a backfill that is premium says nothing about current data: only the backfill waits.
        boolean ofTheFunction = outcome instanceof FetchOutcome.NotEntitled premium
                        && !(premium.fullOnly() && call.request().isBackfill())
                || outcome instanceof FetchOutcome.FunctionRefused;
        if (ofTheFunction) {
            String reason = outcome.kind() + ": " + told.message();
            refusedFunctions.put(series.function(), reason);
            parking.park(series, reason);
        }
        if (outcome instanceof FetchOutcome.SymbolRefused) {
            int limit =
                    call.seen().lastTimestamp() == null ? FAILURES_BEFORE_PARKING : FAILURES_BEFORE_PARKING_WITH_DATA;
            // Counted by the ledger's lines, not by failures: an outage says nothing about the symbol.
            if (store.symbolRefusals(series, limit + 1) > limit) {
                parking.park(series, "symbol: " + told.message());
            }
        }
    }

    private record Told(String message, String next) {}

    private static Told told(FetchOutcome outcome) {
        if (outcome instanceof FetchOutcome.NotEntitled premium) {
            return new Told(
                    "not in the key's plan: " + premium.text(),
                    "all series of this function are parked; after a change of plan: alphakeep watch retry");
        }
        if (outcome instanceof FetchOutcome.SymbolRefused symbol) {
            return new Told(
                    "unknown symbol, or no data for it: " + symbol.text(),
                    "check the ticker; it is asked once more, then parked (alphakeep watch list --parked)");
        }
        if (outcome instanceof FetchOutcome.FunctionRefused function) {
            return new Told(
                    "the API does not know the function: " + function.text(),
                    "it is parked; remove it with: alphakeep watch remove");
        }
        if (outcome instanceof FetchOutcome.Throttled throttled) {
            return new Told("still told to slow down: " + throttled.text(), "set ALPHAKEEP_PLAN to the key's plan");
        }
        if (outcome instanceof FetchOutcome.Broken broken) {
            return new Told(broken.text(), broken.sent() ? next(broken.fault()) : "it is asked again in the next run");
        }
        if (outcome instanceof FetchOutcome.Unknown unknown) {
            return new Told("an answer that no rule knows: " + unknown.text(), LATER + "; please report the text");
        }
        throw new IllegalStateException("not a refusal: " + outcome.kind());
    }

    private static String next(FetchOutcome.Fault fault) {
        return switch (fault) {
            case OVERSIZED -> "raise ALPHAKEEP_FETCH_MAX_BODY_BYTES if it is meant to be that large";
            case OVERFULL -> "the bound is fixed; please report the text if it is meant to be that much";
            default -> LATER;
        };
    }
}
