package io.alphakeep.advise.rule;

import static io.alphakeep.advise.Severity.INFO;
import static io.alphakeep.advise.Severity.WARN;
import static io.alphakeep.advise.rule.Sizes.GIB;
import static io.alphakeep.advise.rule.Sizes.MIB;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Server;
import java.util.ArrayList;
import java.util.List;

/** The settings of the write-ahead log against the writing that goes on; the original plan's values are what is aimed at. */
final class Wal implements Rule {

    private static final long PLAN_BUFFERS = 16 * MIB;
    private static final long PLAN_SIZE = 4 * GIB;
    private static final long SHORT_SECONDS = 600;
    private static final long LONG_SECONDS = 3_600;
    private static final long OFTEN_FULL = 1_000;
    private static final long SOME_CHECKPOINTS = 10;

    @Override
    public List<Finding> on(Observed observed) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(buffers(observed));
        findings.addAll(timeout(observed));
        findings.addAll(size(observed));
        return findings;
    }

    /** Left to itself it is a 32nd of shared_buffers, up to 16 MB: small only because those are. */
    private static List<Finding> buffers(Observed observed) {
        Server server = observed.server();
        long value = server.bytes("wal_buffers").orElse(PLAN_BUFFERS);
        if (value >= PLAN_BUFFERS) {
            return List.of();
        }
        // An automatic value that was written down, -1, is overridden at the start by what comes out of it.
        boolean automatic = List.of("default", "override")
                .contains(server.settings().get("wal_buffers").source());
        return automatic && server.walBuffersFull() < OFTEN_FULL
                ? List.of()
                : new Alter(observed)
                        .to(
                                "16MB",
                                "wal_buffers",
                                "wal-buffers",
                                INFO,
                                Sizes.text(value) + "; full " + Sizes.count(server.walBuffersFull()) + " times",
                                "a transaction that fills them waits for the disk before it commits",
                                "wal");
    }

    private static List<Finding> timeout(Observed observed) {
        long seconds = observed.server().number("checkpoint_timeout").orElse(SHORT_SECONDS);
        if (seconds >= SHORT_SECONDS && seconds <= LONG_SECONDS) {
            return List.of();
        }
        return new Alter(observed)
                .to(
                        "15min",
                        "checkpoint_timeout",
                        "checkpoint-timeout",
                        INFO,
                        Sizes.duration(seconds) + "; " + checkpoints(observed.server()),
                        seconds < SHORT_SECONDS
                                ? "after each checkpoint every page that changes is logged whole once more"
                                : "after a crash the server reads as much of the log before it answers again",
                        "wal");
    }

    private static List<Finding> size(Observed observed) {
        Server server = observed.server();
        long value = server.bytes("max_wal_size").orElse(PLAN_SIZE);
        if (value >= PLAN_SIZE) {
            return List.of();
        }
        boolean forced = server.requested() >= SOME_CHECKPOINTS && server.requested() > server.timed();
        return new Alter(observed)
                .to(
                        "4GB",
                        "max_wal_size",
                        "max-wal-size",
                        forced ? WARN : INFO,
                        Sizes.text(value) + "; " + checkpoints(server),
                        "a bulk load that fills it forces checkpoints, each followed by whole pages in the log; it takes as"
                                + " much disk at times",
                        "wal");
    }

    private static String checkpoints(Server server) {
        return Sizes.count(server.timed()) + " checkpoints by time, " + Sizes.count(server.requested())
                + " because they were asked for or the log was full";
    }
}
