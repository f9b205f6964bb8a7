/**
 * Indexes by age: which partitions carry which index now. The predicate {@code timestamp > now() - interval '90 days'} cannot
 * stand in an index, because now() is not immutable; so the index lies on the partitions of the recent window only, is built
 * on new ones and dropped from those that leave. In: {@link io.alphakeep.maintain.index.IndexPolicy policies} as data, the
 * partitions and indexes that are there, a clock; out: {@link io.alphakeep.maintain.index.IndexStep}s and their results. May
 * import config, db and maintain. Every statement is CONCURRENTLY, so nobody who reads or writes waits for it; what would
 * have to wait for others itself is postponed.
 */
package io.alphakeep.maintain.index;
