/**
 * What can be seen of the program from outside: health and metrics. In: the state of serving and of the schema, what runs
 * tell, the ledger and the server's statistics; out: what probes and scrapes are answered. May import run, maintain, pool, advise,
 * db, config. Fails by answering that something is down, and by gauges that keep their last value and its time.
 */
package io.alphakeep.observe;
