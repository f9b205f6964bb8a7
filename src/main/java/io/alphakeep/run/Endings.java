package io.alphakeep.run;

import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is said when a run ends because it makes no sense to go on. */
final class Endings {

    private Endings() {}

    /** Simulated data never enters a real warehouse, nor real data a demo one. */
    static Problem otherKind(boolean demo) {
        return demo
                ? new Problem(
                        "",
                        "mark",
                        "the database is marked as demo, but the API that answers is a real one; nothing was stored",
                        "set ALPHAKEEP_DATABASE_URL to a database of its own, made by: alphakeep migrate")
                : new Problem(
                        "",
                        "mark",
                        "the API that answers is a stand-in, but the database is a real one; nothing was stored",
                        "use a database made by: alphakeep migrate --demo, or set ALPHAKEEP_API_URL to the real API");
    }

    static Problem keyRefused(String text) {
        return new Problem("", "key", "the API refuses the key: " + text, "set ALPHAKEEP_API_KEY to a valid key");
    }

    /** Nothing is asked, and not because all is well. */
    static Problem unanswered(int series, Instant again) {
        return new Problem(
                "",
                "api",
                "nothing was asked: " + (series == 1 ? "1 series" : series + " series")
                        + " failed, the API has answered nothing since, and none is asked again before "
                        + again.truncatedTo(ChronoUnit.SECONDS),
                "check ALPHAKEEP_API_URL, the network, and what the runs before said; to ask before then: "
                        + "alphakeep ingest --refresh");
    }

    /** What the database's refusal means for the run. */
    static RunControl.End.Fatal database(DatabaseException e) {
        Failure told = DatabaseTrouble.explain(e, "");
        return new RunControl.End.Fatal(told.kind(), new Problem("", "database", told.getMessage(), told.next()));
    }

    /** Others keep locks on what every request needs. */
    static Problem blocked(int requests, DatabaseException e) {
        return new Problem(
                "",
                "database",
                requests + " requests in a row met another transaction that did not give way, the last: "
                        + e.getMessage(),
                "look for the session that holds the lock (pg_locks, pg_stat_activity), then run again; what was committed "
                        + "is kept");
    }

    /** Why the run ended, and how many of its requests it leaves to the next one. */
    static Problem withWhatIsLeft(Problem why, RunReport.Requests requests) {
        return requests.skipped() == 0
                ? why
                : new Problem(
                        why.series(),
                        why.kind(),
                        why.message() + "; " + requests.skipped() + " of " + requests.planned() + " requests are left",
                        why.next());
    }

    static Problem permitsTooLate(int permits) {
        return new Problem(
                "",
                "database",
                permits
                        + " permits in a row came too late: a request must leave within 200 ms of its reservation, and the "
                        + "database or this process was slower than that",
                "run it nearer to the database, or with more memory and processor; what was committed is kept");
    }

    static Problem unavailable(int requests, String last) {
        String what = requests == 1 ? "the one request came" : requests + " requests in a row came";
        return new Problem(
                "",
                "api",
                what + " to nothing" + (requests == 1 ? ": " : ", the last: ") + last,
                "check ALPHAKEEP_API_URL and the network, then run again; what was committed is kept");
    }
}
