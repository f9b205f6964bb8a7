package io.alphakeep.db;

import java.sql.SQLException;
import java.util.Optional;

/** The database refused or is gone. Carries the SQLSTATE and the server's own words, never a bind value. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SqlState kind;
    private final String state;
    private final transient Optional<TlsFault> tlsFault;

    public DatabaseException(SQLException cause) {
        super(firstLine(cause), cause);
        this.kind = SqlState.of(cause);
        this.state = cause.getSQLState();
        this.tlsFault = TlsFault.of(cause);
    }

    public SqlState kind() {
        return kind;
    }

    /** The five characters of the SQLSTATE; empty when there was none. */
    public String state() {
        return state == null ? "" : state;
    }

    /** Present for {@link SqlState#TLS} alone. */
    public Optional<TlsFault> tlsFault() {
        return tlsFault;
    }

    private static String firstLine(SQLException e) {
        Throwable root = e;
        while (root.getCause() != null && root.getMessage() == null) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).strip().replaceFirst("\\.$", "");
    }
}
