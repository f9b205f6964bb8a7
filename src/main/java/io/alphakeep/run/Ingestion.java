package io.alphakeep.run;

import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Failure;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.ledger.NewRun;
import io.alphakeep.ledger.Opening;
import io.alphakeep.ledger.Openings;
import io.alphakeep.ledger.RunLine;
import io.alphakeep.ledger.Runs;
import io.alphakeep.ledger.WatchList;
import io.alphakeep.ledger.Watermarks;
import io.alphakeep.maintain.partition.PartitionLimits;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlanOptions;
import io.alphakeep.plan.Planner;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Plans and opens runs; several may be under way in one process. */
final class Ingestion {

    private final AlphakeepConfig config;
    private final Transactions transactions;
    private final Schema schema;
    private final Clock clock;
    private final Set<RunControl> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Ingestion(AlphakeepConfig config, Transactions transactions, Schema schema, Clock clock) {
        this.config = config;
        this.transactions = transactions;
        this.schema = schema;
        this.clock = clock;
    }

    /** With the allowance that is left today. */
    Plan plan(RunRequest request) {
        List<WatchEntry> entries = entries(request);
        Plan plan = plan(request, entries, marks(entries));
        return Today.of(config, transactions).map(plan::within).orElse(plan);
    }

    /** @throws Failure 75 when the run is to be alone and another one is alive, naming it */
    OpenRun open(RunRequest request, String version) {
        Opening opening[] = new Opening[1];
        return open(request, version, line -> opening[0] = open(request, line)).orElseThrow(() -> lost(opening[0]));
    }

    private Opening open(RunRequest request, NewRun line) {
        return request.exclusive()
                ? new Openings(transactions).exclusive(line)
                : new Opening.Opened(new Runs(transactions).open(line));
    }

    /**
     * Opens the run, if the opener does.
     *
     * @throws Failure what is wrong with the request or the settings; no line is written then
     */
    Optional<OpenRun> open(RunRequest request, String version, Function<NewRun, Opening> opener) {
        ApiAccess access = ApiAccess.of(config, version);
        PartitionLimits limits =
                Wiring.partitionLimits(config, new PolicyShelf(config, transactions, clock).effective());
        Instant startedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<WatchEntry> entries = entries(request);
        boolean demo = schema.isDemo();
        NewRun line = new NewRun(
                startedAt, request.door(), host(), ProcessHandle.current().pid(), version);
        if (!(opener.apply(line) instanceof Opening.Opened opened)) {
            return Optional.empty();
        }
        RunControl control = new RunControl(clock, request.timeout().map(startedAt::plus));
        running.add(control);
        if (stopped) {
            control.end(new RunControl.End.Stop());
        }
        Under under = new Under(opened.run(), startedAt, demo, access, control, new Tally());
        return Optional.of(new OpenRun(
                under,
                transactions,
                clock,
                listener -> {
                    Map<Series, Watermark> marks = marks(entries);
                    Plan plan = plan(request, entries, marks);
                    Unanswered.problem(plan, marks.values(), config.run().unreachableLimit())
                            .ifPresent(problem ->
                                    control.end(new RunControl.End.Fatal(Failure.Kind.UNAVAILABLE, problem)));
                    new Wiring(config, transactions, limits, clock).execute(under, plan, marks, listener);
                    new GapLook(transactions, clock)
                            .look(entries, options(request), startedAt, () -> control.woken() || control.isBroken());
                },
                () -> running.remove(control)));
    }

    /** Every run comes to its next commit and no further; also those that are opened from now on. */
    void stop() {
        stopped = true;
        running.forEach(control -> control.end(new RunControl.End.Stop()));
    }

    private Plan plan(RunRequest request, List<WatchEntry> entries, Map<Series, Watermark> marks) {
        return Planner.plan(entries, marks, options(request), clock.instant());
    }

    private PlanOptions options(RunRequest request) {
        int perDay = ApiAccess.limits(config).perDay();
        return new PlanOptions(
                request.refresh(),
                request.since(),
                request.maxRequests(),
                ApiAccess.isCompactOnly(config),
                !request.only().isEmpty(),
                perDay == 0 ? OptionalInt.empty() : OptionalInt.of(perDay));
    }

    private List<WatchEntry> entries(RunRequest request) {
        return Selection.of(new WatchList(transactions).list(), request);
    }

    private Map<Series, Watermark> marks(List<WatchEntry> entries) {
        return new Watermarks(transactions)
                .load(entries.stream().map(WatchEntry::series).toList());
    }

    private static Failure lost(Opening opening) {
        RunLine holder = ((Opening.Held) opening).holder();
        return new Failure(
                Failure.Kind.NOTHING_NOW,
                "run " + holder.run() + " is under way (" + holder.door() + ", process " + holder.process() + " on "
                        + holder.host() + ", since " + holder.startedAt() + "), and this one is to be alone",
                "start it again when that one is over, or share the work with it by leaving out exclusive");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
