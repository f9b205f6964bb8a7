package io.alphakeep.run;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;

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

    private static Problem databaseGone(String message) {
        return new Problem(
                "",
                "database",
                "the database is not available: " + message,
                "check that it runs, then run again; what was committed is kept");
    }

    /** What the database's refusal means for the run. */
    static RunControl.End.Fatal database(DatabaseException e) {
        return switch (e.kind()) {
            case POOLER ->
                new RunControl.End.Fatal(
                        Failure.Kind.CONFIGURATION,
                        new Problem(
                                "",
                                "database",
                                "the database is behind a pooler that loses prepared statements: " + e.getMessage(),
                                DatabaseUrl.UNPREPARED_FIX));
            case ACCESS, SCHEMA ->
                new RunControl.End.Fatal(Failure.Kind.CONFIGURATION, databaseRefuses(e.getMessage()));
            default -> new RunControl.End.Fatal(Failure.Kind.UNAVAILABLE, databaseGone(e.getMessage()));
        };
    }

    private static Problem databaseRefuses(String message) {
        return new Problem(
                "",
                "database",
                "the database refuses: " + message,
                "check the role's rights and that the tables are up to date: alphakeep migrate");
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
