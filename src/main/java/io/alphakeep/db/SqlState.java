package io.alphakeep.db;

import java.sql.SQLException;
import java.util.Set;

/** What an SQLSTATE means for what to do next. Source: appendix "PostgreSQL Error Codes" of its manual. */
public enum SqlState {
    /**
     * Another transaction was in the way, or this one was in the way of others for too long and the server ended it, and its
     * session, while this process was stopped; the same work again may succeed.
     */
    CONTENTION,
    /** The server cannot be reached, is starting, stopping, full or read-only. */
    UNAVAILABLE,
    /** A table, column, function or schema of ours is missing. */
    SCHEMA,
    /** User, password, database or privilege. */
    ACCESS,
    /** What the server shows over TLS is not trusted, or what is trusted can't be read: {@link TlsFault}. */
    TLS,
    /**
     * A prepared statement is not in the session that the driver made it in: a pooler hands each transaction to another
     * session, and does not carry prepared statements over.
     */
    POOLER,
    /** A unique, check or other constraint. */
    CONSTRAINT,
    /** Anything else. */
    OTHER;

    /** The five characters of insufficient_privilege. */
    public static final String NO_RIGHT = "42501";

    private static final Set<String> CONTENTIONS = Set.of("40001", "40P01", "55P03", "25P03");
    private static final Set<String> MISSING = Set.of("42P01", "42703", "42883", "3F000");
    private static final Set<String> STATEMENT_LOST = Set.of("26000", "42P05");
    private static final Set<String> UNAVAILABLES =
            Set.of("57P01", "57P02", "57P03", "57P05", "25006", "57014", "55006", "58030");

    public static SqlState of(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            // The pool's own "no connection in time" carries no state.
            return UNAVAILABLE;
        }
        if (CONTENTIONS.contains(state)) {
            return CONTENTION;
        }
        if (MISSING.contains(state)) {
            return SCHEMA;
        }
        if (STATEMENT_LOST.contains(state)) {
            return POOLER;
        }
        if (TlsFault.of(e).isPresent()) {
            return TLS;
        }
        if (state.startsWith("08") || state.startsWith("53") || UNAVAILABLES.contains(state)) {
            return UNAVAILABLE;
        }
        if (state.startsWith("28") || state.equals("3D000") || state.equals(NO_RIGHT)) {
            return ACCESS;
        }
        return state.startsWith("23") ? CONSTRAINT : OTHER;
    }
}
