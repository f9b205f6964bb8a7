package io.alphakeep.local;

import io.alphakeep.config.Failure;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the stand-in of the API by itself, so that others can test against it. */
@Command(
        name = "stand-in",
        mixinStandardHelpOptions = true,
        description = "Run the stand-in of the API by itself until Ctrl-C (default build only).")
final class StandInCommand implements Callable<Integer> {

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--port", defaultValue = "0", description = "Port to listen on; 0 picks a free one.")
    private int port;

    @Option(
            names = "--requests-per-second",
            defaultValue = "0",
            paramLabel = "N",
            description = "Refuse more; 0 = no limit.")
    private int perSecond;

    @Option(
            names = "--requests-per-minute",
            defaultValue = "0",
            paramLabel = "N",
            description = "Refuse more; 0 = no limit.")
    private int perMinute;

    @Option(
            names = "--requests-per-day",
            defaultValue = "0",
            paramLabel = "N",
            description = "Refuse more; 0 = no limit.")
    private int perDay;

    @Option(
            names = "--fault",
            paramLabel = "KIND=RATE",
            description = "Answer this share of requests badly, as in html=0.05.")
    private List<String> faults = new ArrayList<>();

    @Option(names = "--now", paramLabel = "DATE", description = "Answer as on this date.")
    private String now;

    @Option(names = "--recorded", paramLabel = "DIR", description = "Serve recorded bodies of this folder.")
    private Path recorded;

    @Override
    public Integer call() throws InterruptedException {
        StandIn server;
        try {
            server = StandIn.start(options());
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.USAGE, "stand-in: " + e.getMessage(), "see alphakeep stand-in --help", e);
        } catch (UncheckedIOException e) {
            throw new Failure(
                    Failure.Kind.UNAVAILABLE,
                    "stand-in: can't listen on " + host + ":" + port + " ("
                            + e.getCause().getMessage() + ")",
                    "take another --port",
                    e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stand-in"));
        System.out.println("stand-in of the API at " + server.url() + " until Ctrl-C");
        new CountDownLatch(1).await();
        return 0;
    }

    private StandInOptions options() {
        Map<Fault, Double> rates = new EnumMap<>(Fault.class);
        for (String text : faults) {
            Map.Entry<Fault, Double> fault = Fault.parse(text);
            rates.put(fault.getKey(), fault.getValue());
        }
        StandInOptions defaults = StandInOptions.defaults();
        return new StandInOptions(
                host,
                port,
                perSecond,
                perMinute,
                perDay,
                rates,
                clock(),
                defaults.seed(),
                Optional.ofNullable(recorded));
    }

    private Clock clock() {
        if (now == null) {
            return Clock.systemUTC();
        }
        try {
            Instant noon = LocalDate.parse(now).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
            // It goes on from there: a clock that stands still would never open a window of the limits again.
            return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), noon));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("--now '" + now + "' is not a date; write it as in 2024-03-08", e);
        }
    }
}
