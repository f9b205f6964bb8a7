package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Observed.Session;
import java.util.ArrayList;
import java.util.List;

/** No transaction is open for long: VACUUM removes nothing that it might see, and partitions wait for its locks. */
final class OpenTransactions implements Rule {

    private static final long LONG_SECONDS = 600;
    private static final long IDLE_SECONDS = 60;
    private static final String ROUTINE = "routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY";

    @Override
    public List<Finding> on(Observed observed) {
        List<Finding> findings = new ArrayList<>();
        for (Session session : observed.sessions()) {
            String open = "open for " + Sizes.duration(session.seconds());
            if (session.ours()) {
                // A pass of maintenance keeps its lock in a transaction that does nothing else.
                continue;
            }
            if (session.state().equals("prepared")) {
                if (session.seconds() >= LONG_SECONDS) {
                    findings.add(prepared(session, open));
                }
            } else if (session.idle() >= IDLE_SECONDS) {
                findings.add(session(
                        "idle-in-transaction",
                        session,
                        open + ", idle for " + Sizes.duration(session.idle()),
                        "it does nothing, and keeps its locks and all that it might still see",
                        "let the program commit sooner, or set idle_in_transaction_session_timeout for its role",
                        "runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT"));
            } else if (session.seconds() >= LONG_SECONDS) {
                findings.add(session(
                        "long-transaction",
                        session,
                        open + ", " + session.state(),
                        "VACUUM can't remove what died since, indexes can't be built concurrently and archiving waits",
                        "wait for it, or end it",
                        ROUTINE));
            }
        }
        return findings;
    }

    private static Finding session(
            String id, Session session, String evidence, String why, String next, String manual) {
        // The id of a process is given again: the statement ends this transaction or none.
        String end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = " + session.pid()
                + " AND xact_start = '" + session.started() + "'";
        return new Finding(
                id,
                Severity.WARN,
                "process " + session.pid(),
                evidence + " (" + session.who() + ")",
                why,
                List.of(new Change(end, "", Change.Effect.REVIEW)),
                next,
                manual);
    }

    private static Finding prepared(Session session, String open) {
        return new Finding(
                "prepared-transaction",
                Severity.WARN,
                session.who(),
                "prepared, " + open,
                "it survives restarts, keeps its locks and all that it might see, and no session shows it",
                List.of(new Change(
                        "ROLLBACK PREPARED '" + session.who().replace("'", "''") + "'", "", Change.Effect.REVIEW)),
                "ask its transaction manager whether it is to be committed",
                "sql-prepare-transaction.html");
    }
}
