package io.alphakeep.ledger;

import java.time.Instant;

/**
 * A run that is to be opened.
 *
 * @param door    what starts it: {@code command}, {@code cron}, {@code http}
 * @param process the process id on {@code host}
 */
public record NewRun(Instant startedAt, String door, String host, long process, String version) {}
