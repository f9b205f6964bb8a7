/**
 * The doors of {@code serve} beside the command line: cron and HTTP. In: the time, requests; out: runs and passes of
 * maintenance begun by {@link io.alphakeep.run.Serving}, answers in JSON. May import everything but command and Main.
 * Jackson's streaming parser is used here for the one body that is read. A failure is an answer of two sentences, never a
 * stack trace.
 */
package io.alphakeep.trigger;
