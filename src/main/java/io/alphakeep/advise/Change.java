package io.alphakeep.advise;

import java.util.Locale;

/**
 * One statement that mends something.
 *
 * @param sql    stands alone, without its semicolon
 * @param undo   takes it back, without semicolon; empty where nothing is lost, or where nothing brings it back (see effect)
 * @param effect when it takes effect, and whether it may be run unseen
 */
public record Change(String sql, String undo, Effect effect) {

    /** When a statement takes effect. */
    public enum Effect {
        /** At once. */
        NOW,
        /** When the server reads its configuration again. */
        RELOAD,
        /** When the server is started again. */
        RESTART,
        /** Nobody can take it back, or it is of no use by itself: somebody has to look first. */
        REVIEW;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The undo as a statement, without what makes it take effect; or why there is none. */
    public String undoText() {
        if (!undo.isEmpty()) {
            return undo + ";";
        }
        return effect == Effect.REVIEW ? "none, look first" : "not needed, nothing is lost";
    }
}
