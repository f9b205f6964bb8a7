/**
 * What can be seen of the program from outside: health. In: the state of serving and of the schema; out: what the probes
 * answer. May import run, maintain, pool, db, config. Fails by answering that something is down.
 */
package io.alphakeep.observe;
