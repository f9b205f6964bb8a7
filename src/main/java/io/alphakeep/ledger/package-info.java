/**
 * What happened, and who is at work: runs, requests, rejects, watermarks with their leases, and the watchlist. It owns
 * {@code alpha_run}, {@code alpha_request}, {@code alpha_reject}, {@code alpha_watermark} and {@code alpha_watch}, and
 * reads what {@code alphakeep status} shows. In: what a run did, as plain numbers and texts without a key; out: records.
 *
 * <p>Methods that take a connection belong to the transaction of a request's rows: they commit or vanish with them.
 * The others are one short transaction each. Leases expire by the database's clock, whatever the clocks of the hosts.
 *
 * <p>May import market, config and db. Fails with {@link io.alphakeep.db.DatabaseException}, and with
 * {@link io.alphakeep.ledger.LeaseLostException} when another run took the series over.
 */
package io.alphakeep.ledger;
