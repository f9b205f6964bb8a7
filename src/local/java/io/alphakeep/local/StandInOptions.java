package io.alphakeep.local;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * How a stand-in of the API behaves.
 *
 * @param host              address to listen on
 * @param port              0 = a free one
 * @param requestsPerSecond per key, in any second; 0 = no limit
 * @param requestsPerMinute per key, in any minute; 0 = no limit
 * @param requestsPerDay    per key, in a calendar day of UTC; 0 = no limit
 * @param faults            share of the requests, 0 to 1, that meet each fault; together at most 1, else the later
 *                          kinds starve
 * @param clock             the market's and the limits' time. One that stands still never frees a window: for a market
 *                          of another day use {@link Clock#offset}
 * @param seed              decides which requests meet a fault; prices do not depend on it
 * @param recorded          folder of recorded bodies to serve instead of the simulated market
 */
public record StandInOptions(
        String host,
        int port,
        int requestsPerSecond,
        int requestsPerMinute,
        int requestsPerDay,
        Map<Fault, Double> faults,
        Clock clock,
        long seed,
        Optional<Path> recorded) {

    /** @throws IllegalArgumentException when a number is out of its bounds; the message names it */
    public StandInOptions {
        within("port", port, 65_535);
        within("requestsPerSecond", requestsPerSecond, 1_000_000);
        within("requestsPerMinute", requestsPerMinute, 1_000_000);
        within("requestsPerDay", requestsPerDay, Integer.MAX_VALUE);
        faults = Map.copyOf(faults);
        faults.forEach((fault, rate) -> {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("rate of " + fault.word() + " is " + rate + ", not within 0 to 1");
            }
        });
    }

    /** The simulated market of today on a free port of this machine, without limits or faults. */
    public static StandInOptions defaults() {
        return new StandInOptions("127.0.0.1", 0, 0, 0, 0, Map.of(), Clock.systemUTC(), 1, Optional.empty());
    }

    public StandInOptions withAddress(String newHost, int newPort) {
        return new StandInOptions(
                newHost, newPort, requestsPerSecond, requestsPerMinute, requestsPerDay, faults, clock, seed, recorded);
    }

    /** Requests per second, minute and day; 0 = no limit. */
    public StandInOptions withLimits(int perSecond, int perMinute, int perDay) {
        return new StandInOptions(host, port, perSecond, perMinute, perDay, faults, clock, seed, recorded);
    }

    public StandInOptions withFaults(Map<Fault, Double> newFaults) {
        return new StandInOptions(
                host, port, requestsPerSecond, requestsPerMinute, requestsPerDay, newFaults, clock, seed, recorded);
    }

    public StandInOptions withClock(Clock newClock) {
        return new StandInOptions(
                host, port, requestsPerSecond, requestsPerMinute, requestsPerDay, faults, newClock, seed, recorded);
    }

    public StandInOptions withSeed(long newSeed) {
        return new StandInOptions(
                host, port, requestsPerSecond, requestsPerMinute, requestsPerDay, faults, clock, newSeed, recorded);
    }

    public StandInOptions withRecorded(Path folder) {
        return new StandInOptions(
                host,
                port,
                requestsPerSecond,
                requestsPerMinute,
                requestsPerDay,
                faults,
                clock,
                seed,
                Optional.of(folder));
    }

    private static void within(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", not within 0 to " + max);
        }
    }
}
