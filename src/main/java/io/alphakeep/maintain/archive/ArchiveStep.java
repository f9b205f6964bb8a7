package io.alphakeep.maintain.archive;

import io.alphakeep.maintain.Step;
import java.util.List;

/** What can be due for old data. */
public sealed interface ArchiveStep extends Step {

    /**
     * The months of a year become one partition.
     *
     * @param sources  the partitions that it replaces, in order of time
     * @param make     makes the copy; empty when an earlier pass made it, and could not exchange it
     * @param exchange months out, year in
     */
    record Merge(
            String target,
            String why,
            List<String> sql,
            Range range,
            List<String> sources,
            List<String> make,
            List<String> exchange)
            implements ArchiveStep {
        @Override
        public String action() {
            return "merge";
        }
    }

    /**
     * An old partition moves from the table to its archive.
     *
     * @param prepare makes the archive; empty when it is there
     */
    record Move(
            String target,
            String why,
            List<String> sql,
            Range range,
            String movedName,
            List<String> prepare,
            List<String> exchange)
            implements ArchiveStep {
        @Override
        public String action() {
            return "move";
        }
    }

    /** Late rows of a range that the archive holds already are put there, and their partition goes. */
    record Fold(String target, String why, List<String> sql, Range range, String into, String foldedName)
            implements ArchiveStep {
        @Override
        public String action() {
            return "fold";
        }
    }

    /** A partition that is older than the retention is detached; it can be taken back until the grace is over. */
    record Expire(String target, String why, List<String> sql, String parent, Range range, String expiredName)
            implements ArchiveStep {
        @Override
        public String action() {
            return "expire";
        }
    }

    /** A table that left the partitions earlier is dropped, once it is seen to hold what it held then. */
    record Drop(String target, String why, List<String> sql, Line line) implements ArchiveStep {
        @Override
        public String action() {
            return "drop_" + line.state();
        }
    }
}
