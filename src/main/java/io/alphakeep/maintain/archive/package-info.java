/**
 * Old data: months merged into years, moved out of the way on request, dropped on request. In: {@link
 * io.alphakeep.maintain.archive.ArchivePolicy}, the partitions, the lines of {@code alpha_archive}; out: steps, and what came
 * of them. May import config, db and the rest of maintain. Nothing is dropped before the same rows, by count and checksum
 * taken while no writer could come between, are elsewhere; what would make somebody wait is postponed.
 *
 * <p>The way of a merge: copy (in key order, packed) → vacuum → compare with writers kept out by a SHARE lock that is given
 * up as soon as one of them waits → take the parent's lock in short tries → detach, attach, commit → drop the months. A copy
 * that could not be exchanged stays, and the next pass catches it up.
 */
package io.alphakeep.maintain.archive;
