package io.alphakeep.maintain.archive;

import java.time.Instant;

/**
 * A line of {@code alpha_archive}: a table on its way into or out of the partitions.
 *
 * @param state     copy, merged or expired
 * @param exists    whether the table is there
 * @param fits      whether a copy has the columns and indexes that the table has by now; true for others
 * @param attached  whether it is a partition (again)
 * @param contents  what it held when it left; null for a copy
 * @param dropAfter when an expired one may be dropped; null for others
 */
record Line(
        String relation,
        String state,
        String parent,
        String copiedTo,
        Range range,
        Contents contents,
        Instant dropAfter,
        boolean exists,
        boolean attached,
        boolean fits) {

    static final String COPY = "copy";
    static final String MERGED = "merged";
    static final String EXPIRED = "expired";

    /** A copy that a merge can go on from. */
    boolean isUsable() {
        return state.equals(COPY) && exists && !attached && fits;
    }

    static Line merged(String relation, String parent, String copiedTo, Range range, Contents contents) {
        return new Line(relation, MERGED, parent, copiedTo, range, contents, null, true, false, true);
    }

    static Line expired(String relation, String parent, Range range, Contents contents, Instant dropAfter) {
        return new Line(relation, EXPIRED, parent, null, range, contents, dropAfter, true, false, true);
    }
}
