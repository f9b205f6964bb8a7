package io.alphakeep.config;

/**
 * The one exception of alphakeep that ends a command: what went wrong, and what to do next, in words a person can act
 * on. It never carries a key or a password.
 */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What ends a command, with its documented exit code. */
    public enum Kind {
        UNEXPECTED(1),
        USAGE(2),
        UNAVAILABLE(69),
        NOTHING_NOW(75),
        CONFIGURATION(78);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;
    private final String next;

    /**
     * @param what names the thing, the place and the reason
     * @param next what to do about it
     */
    public Failure(Kind kind, String what, String next) {
        this(kind, what, next, null);
    }

    public Failure(Kind kind, String what, String next, Throwable cause) {
        super(what, cause);
        this.kind = kind;
        this.next = next;
    }

    public Kind kind() {
        return kind;
    }

    public String next() {
        return next;
    }

    /** One line: what, then the next step. */
    public String line() {
        return next.isEmpty() ? getMessage() : getMessage() + "; " + next;
    }
}
