/**
 * Decoded rows into PostgreSQL, inside the caller's transaction. In: bars and documents of one series; out: a
 * {@link io.alphakeep.write.WriteResult} that is exact under concurrent writers. The answer is merged with
 * what is stored, and only what is new or differs is sent: few rows and changed ones as one statement over arrays, many new
 * ones by COPY straight into the table; docs/writing.md says why.
 * A row that is stored as it came costs no write. May import market, config and db; the one package of the program that
 * knows the PostgreSQL driver. Fails with {@link java.sql.SQLException}, which {@link io.alphakeep.db.Transactions} turns
 * into {@link io.alphakeep.db.DatabaseException}, and with {@link java.lang.IllegalArgumentException} for rows that a
 * decoder should not have let through.
 */
package io.alphakeep.write;
