package io.alphakeep.maintain.archive;

import io.alphakeep.maintain.Partition;
import java.time.Instant;
import java.util.List;

/**
 * What the planner goes by.
 *
 * @param partitions    of the table, in order of time
 * @param owner         the role that owns the table
 * @param archiveExists whether there is an archive table
 * @param archived      of its archive, in order of time
 * @param lines         of {@code alpha_archive} for the two
 * @param adjustedFrom  the oldest bar of an adjusted series, which is rewritten at every dividend; null when there is none
 * @param lz4           whether the server has it
 */
record ArchiveState(
        List<Partition> partitions,
        String owner,
        boolean archiveExists,
        List<Partition> archived,
        List<Line> lines,
        Instant adjustedFrom,
        boolean lz4) {}
