package io.alphakeep.run;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.db.TlsFault;

/** What a refusal of the database means for the user. */
public final class DatabaseTrouble {

    private DatabaseTrouble() {}

    /** @param place host, port and database, for the message; empty where the reader knows */
    public static Failure explain(DatabaseException e, String place) {
        String where = place.isEmpty() ? "the database" : "the database " + place;
        return switch (e.kind()) {
            case UNAVAILABLE, CONTENTION -> unavailable(e, where);
            case TLS -> tls(e, where);
            case ACCESS ->
                failure(
                        Failure.Kind.CONFIGURATION,
                        where + " refuses: " + e.getMessage(),
                        e.state().equals(SqlState.NO_RIGHT)
                                ? "run it as the owner of the tables (alphakeep_owner of deploy/roles), or grant the role what it"
                                        + " lacks; which rights those are: alphakeep doctor"
                                : "check ALPHAKEEP_DATABASE_URL, ALPHAKEEP_DATABASE_USER and ALPHAKEEP_DATABASE_PASSWORD:"
                                        + " alphakeep doctor",
                        e);
            case SCHEMA ->
                failure(
                        Failure.Kind.CONFIGURATION,
                        where + " lacks something of alphakeep's: " + e.getMessage(),
                        "bring it up to date with: alphakeep migrate",
                        e);
            case POOLER ->
                failure(
                        Failure.Kind.CONFIGURATION,
                        where + " is behind a pooler that loses prepared statements: " + e.getMessage(),
                        DatabaseUrl.UNPREPARED_FIX,
                        e);
            case CONSTRAINT, OTHER ->
                failure(
                        Failure.Kind.UNEXPECTED,
                        where + " refuses: " + e.getMessage() + " (SQLSTATE " + e.state() + ")",
                        "",
                        e);
        };
    }

    private static Failure tls(DatabaseException e, String where) {
        TlsFault fault = e.tlsFault().orElseThrow();
        return failure(Failure.Kind.CONFIGURATION, where + " " + fault.what(), fault.next(), e);
    }

    private static Failure unavailable(DatabaseException e, String where) {
        return switch (e.state()) {
            case "25006" ->
                unavailable(
                        e,
                        where + " is read-only (a standby, or set so)",
                        "wait for the failover, or check ALPHAKEEP_DATABASE_URL with alphakeep doctor, then run again");
            case "53100" ->
                unavailable(
                        e,
                        where + " has no room on its disk",
                        "make room (alphakeep doctor says what takes it), then run again");
            case "53300" ->
                unavailable(
                        e,
                        where + " has no connection to give",
                        "raise its limit, or lower ALPHAKEEP_RUN_WORKERS, then run again");
            default ->
                unavailable(
                        e,
                        where + " is not available",
                        "check that it runs and that ALPHAKEEP_DATABASE_URL is right, then run again");
        };
    }

    private static Failure unavailable(DatabaseException e, String what, String next) {
        return failure(
                Failure.Kind.UNAVAILABLE, what + ": " + e.getMessage(), next + "; what was committed is kept", e);
    }

    private static Failure failure(Failure.Kind kind, String what, String next, DatabaseException e) {
        return new Failure(kind, what, next, e);
    }
}
