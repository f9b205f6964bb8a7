/**
 * The conductor: strings plan, budget, fetch, decode, write and ledger together, and reports. In: a {@link
 * io.alphakeep.run.RunRequest}; out: a {@link io.alphakeep.run.RunReport}; on the way a {@link
 * io.alphakeep.run.RunListener} hears of it. May import everything but advise, observe and the doors. What goes wrong with
 * one series is a {@link io.alphakeep.run.Problem} of the report; what makes the run pointless ends it, with what was
 * committed kept.
 */
package io.alphakeep.run;
