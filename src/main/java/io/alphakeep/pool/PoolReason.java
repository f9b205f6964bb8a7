package io.alphakeep.pool;

import java.util.Locale;

/** Why the pool's size was changed. */
public enum PoolReason {
    /** The process begins: what one run needs is enough. */
    START("one run needs no more"),
    /** Threads wait. */
    WAITING("threads wait for a connection"),
    /** Most of it is in use: it is raised before anybody waits, since who waits already does not see it. */
    BUSY("most connections are in use"),
    /** Most of it was not used for a while. */
    IDLE("most connections have not been used for a while"),
    /** The server has less room by now. */
    SERVER("the server has no room for more"),
    /** It has room again for all that can be needed. */
    ROOM("the server has room again"),
    /** The original plan's rule says so. */
    PLAN("one for four tickers in work, by the plan's rule");

    private final String words;

    PoolReason(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** As a label has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
