/**
 * A handful of things every user of the database needs: the transaction with its limits, quoting, SQLSTATE kinds, the
 * schema's version. May import config; fails with {@link io.alphakeep.db.DatabaseException}.
 */
package io.alphakeep.db;
