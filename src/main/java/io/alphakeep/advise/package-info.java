/**
 * Looks at the server, the tables and the settings, changes nothing, and says what it found with its evidence and what to do.
 * {@code seen} reads, {@code rule} judges without I/O, {@code doctor} asks whether the program works at all. In: a way to the
 * database and plain values; out: records. May import config and db.
 */
package io.alphakeep.advise;
