package io.alphakeep.run;

import io.alphakeep.market.Series;
import io.alphakeep.market.Symbol;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one run is asked to do.
 *
 * @param door        which way it came: {@code command}, {@code cron} or {@code http}
 * @param only        narrow to these tickers; empty = all of the watchlist
 * @param functions   narrow to these functions, {@code F[:interval]}; empty = all
 * @param since       the oldest date wanted in this run
 * @param maxRequests the most requests to plan
 * @param refresh     ask also what is not due, and in full
 * @param timeout     end the run after this time as a spent allowance does
 * @param exclusive   begin only when no other run is alive
 */
public record RunRequest(
        String door,
        List<Symbol> only,
        List<String> functions,
        Optional<LocalDate> since,
        OptionalInt maxRequests,
        boolean refresh,
        Optional<Duration> timeout,
        boolean exclusive) {

    public RunRequest {
        only = List.copyOf(only);
        functions = List.copyOf(functions);
    }

    /** The doors, as {@code alpha_run} has them. */
    public static final String COMMAND = "command";

    public static final String CRON = "cron";

    public static final String HTTP = "http";

    /** Everything that is due. */
    public static RunRequest due(String door) {
        return new RunRequest(
                door, List.of(), List.of(), Optional.empty(), OptionalInt.empty(), false, Optional.empty(), false);
    }

    public RunRequest withOnly(List<Symbol> given) {
        return new RunRequest(door, given, functions, since, maxRequests, refresh, timeout, exclusive);
    }

    public RunRequest withFunctions(List<String> given) {
        return new RunRequest(door, only, given, since, maxRequests, refresh, timeout, exclusive);
    }

    public RunRequest withSince(Optional<LocalDate> given) {
        return new RunRequest(door, only, functions, given, maxRequests, refresh, timeout, exclusive);
    }

    public RunRequest withMaxRequests(OptionalInt given) {
        return new RunRequest(door, only, functions, since, given, refresh, timeout, exclusive);
    }

    public RunRequest withRefresh(boolean given) {
        return new RunRequest(door, only, functions, since, maxRequests, given, timeout, exclusive);
    }

    public RunRequest withTimeout(Optional<Duration> given) {
        return new RunRequest(door, only, functions, since, maxRequests, refresh, given, exclusive);
    }

    public RunRequest withExclusive(boolean given) {
        return new RunRequest(door, only, functions, since, maxRequests, refresh, timeout, given);
    }

    boolean includes(Series series) {
        return (only.isEmpty() || only.contains(series.symbol()))
                && (functions.isEmpty()
                        || functions.contains(series.functionText())
                        || functions.contains(series.function()));
    }
}
