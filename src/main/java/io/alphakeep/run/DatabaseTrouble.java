package io.alphakeep.run;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;

/** What a refusal of the database means for the user. */
public final class DatabaseTrouble {

    private DatabaseTrouble() {}

    /** @param place host, port and database, for the message */
    public static Failure explain(DatabaseException e, String place) {
        String where = "the database " + place;
        return switch (e.kind()) {
            case UNAVAILABLE, CONTENTION ->
                new Failure(
                        Failure.Kind.UNAVAILABLE,
                        where + " is not available: " + e.getMessage(),
                        "check that it runs and that ALPHAKEEP_DATABASE_URL is right, then run again; nothing is lost",
                        e);
            case ACCESS ->
                new Failure(
                        Failure.Kind.CONFIGURATION,
                        where + " refuses: " + e.getMessage(),
                        "check ALPHAKEEP_DATABASE_URL, ALPHAKEEP_DATABASE_USER and ALPHAKEEP_DATABASE_PASSWORD",
                        e);
            case SCHEMA ->
                new Failure(
                        Failure.Kind.CONFIGURATION,
                        where + " lacks something of alphakeep's: " + e.getMessage(),
                        "bring it up to date with: alphakeep migrate",
                        e);
            case POOLER ->
                new Failure(
                        Failure.Kind.CONFIGURATION,
                        where + " is behind a pooler that loses prepared statements: " + e.getMessage(),
                        DatabaseUrl.UNPREPARED_FIX,
                        e);
            case CONSTRAINT, OTHER ->
                new Failure(
                        Failure.Kind.UNEXPECTED,
                        where + " refuses: " + e.getMessage() + " (SQLSTATE " + e.state() + ")",
                        "",
                        e);
        };
    }
}
