package io.alphakeep.maintain;

import java.util.List;

/** One thing that maintenance would do. Data only: planners make it, the part's doer acts on it. */
public interface Step {

    /** The kind of step, as {@code alpha_maintenance.action} has it: {@code partition}, {@code index}, {@code merge}, … */
    String action();

    /** The table or index that it is about, without the schema. */
    String target();

    /** Why it is due, in a few words with figures. */
    String why();

    /**
     * The SQL that it comes to, in order, each statement without its semicolon: what {@code --dry-run} prints and what the
     * doer runs.
     */
    List<String> sql();
}
