/**
 * The allowance of an API key: so many requests a second, a minute and a day, reserved in PostgreSQL before a request
 * goes out, so that it holds across threads, restarts and any number of copies. In: the key's fingerprint (never the key)
 * and the limits of its plan; out: granted, wait until, or the day is spent. {@code Allowance} decides without I/O,
 * {@code Budget} keeps its state in {@code alpha_budget}, by the database's clock, {@code Permits} shares blocks of them
 * among the workers of a process. May import market, config and db;
 * fails with {@link io.alphakeep.db.DatabaseException}, and then nothing was reserved, but for a connection that was
 * lost during the commit: that reservation counts, the safer of the two.
 */
package io.alphakeep.budget;
