package io.alphakeep.bench;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Failure;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import io.alphakeep.db.DatabaseException;
import java.sql.SQLException;

/** What ended the bench, in one line for its user. */
final class Trouble {

    private Trouble() {}

    static Failure explain(Exception e, Settings settings) {
        if (e instanceof Failure failure) {
            return failure;
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof DatabaseException database) {
                return explain(database, settings);
            }
            if (t instanceof SQLException sql) {
                return explain(new DatabaseException(sql), settings);
            }
        }
        return new Failure(Failure.Kind.UNEXPECTED, "bench: unexpected: " + e, "its schema is removed", e);
    }

    private static Failure explain(DatabaseException e, Settings settings) {
        String where = "bench: the database "
                + DatabaseUrl.parse(settings.value(Setting.DATABASE_URL)).place();
        return switch (e.kind()) {
            case UNAVAILABLE, CONTENTION ->
                new Failure(
                        Failure.Kind.UNAVAILABLE,
                        where + " is not available: " + e.getMessage(),
                        "check that it runs and that ALPHAKEEP_DATABASE_URL is right",
                        e);
            case ACCESS ->
                new Failure(
                        Failure.Kind.CONFIGURATION,
                        where + " refuses: " + e.getMessage(),
                        "check ALPHAKEEP_DATABASE_URL, ALPHAKEEP_DATABASE_USER and ALPHAKEEP_DATABASE_PASSWORD",
                        e);
            case TLS ->
                new Failure(
                        Failure.Kind.CONFIGURATION,
                        where + " " + e.tlsFault().orElseThrow().what(),
                        e.tlsFault().orElseThrow().next(),
                        e);
            case POOLER ->
                new Failure(
                        Failure.Kind.CONFIGURATION,
                        where + " is behind a pooler that loses prepared statements: " + e.getMessage(),
                        "give the bench the server's own address",
                        e);
            case SCHEMA, CONSTRAINT, OTHER ->
                new Failure(
                        Failure.Kind.UNEXPECTED,
                        where + " refuses: " + e.getMessage() + " (SQLSTATE " + e.state() + ")",
                        "",
                        e);
        };
    }
}
