/**
 * The partitions of the big tables: which months and years are to be there, and making them. In: instants of rows that need
 * a home, or the months ahead of today; out: {@link io.alphakeep.maintain.partition.Homes}, which says what has one. May
 * import config and db; fails with {@link io.alphakeep.db.DatabaseException} when the database is gone, while a partition
 * that could not be made is postponed and reported, not thrown.
 */
package io.alphakeep.maintain.partition;
