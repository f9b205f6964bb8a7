package io.alphakeep.advise;

import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Observed.Session;
import io.alphakeep.advise.seen.Server;

/** What was seen, as it would be later: no test waits for an hour. */
final class Aged {

    private static final long HOUR = 3_600;
    private static final long MONTH = 30 * 24 * HOUR;

    private Aged() {}

    /** Sessions by an hour, the server's counters by a month. */
    static Observed byAnHour(Observed seen) {
        Server server = seen.server();
        return new Observed(
                seen.machine(),
                new Server(
                        server.version(),
                        server.month(),
                        server.database(),
                        server.role(),
                        server.settings(),
                        server.connections(),
                        server.countedSeconds() + MONTH,
                        server.resetSeconds(),
                        server.tempBytes(),
                        server.timed(),
                        server.requested(),
                        server.walBuffersFull(),
                        server.maker(),
                        server.hypothetical()),
                seen.tables(),
                seen.indexes(),
                seen.partitions(),
                seen.sessions().stream().map(Aged::older).toList(),
                seen.slots(),
                seen.queries(),
                seen.ages(),
                seen.oldest(),
                seen.unseen());
    }

    private static Session older(Session session) {
        return new Session(
                session.pid(),
                session.who(),
                session.started(),
                session.state(),
                session.seconds() + HOUR,
                session.state().startsWith("idle in transaction") ? session.idle() + HOUR : session.idle(),
                session.ours());
    }
}
