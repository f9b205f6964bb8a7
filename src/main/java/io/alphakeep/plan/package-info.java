/**
 * What to ask next. In: the watchlist, the watermarks, options and the moment; out: an ordered {@link
 * io.alphakeep.plan.Plan} in which every line of the watchlist is either asked or left out, each with a reason in
 * words. Pure: no I/O and no clock of its own, so that {@code --dry-run} and {@code plan} cost nothing. May import
 * market, config and catalog.
 *
 * <p>Fails only on what its caller must not hand in (a series twice on the list, a negative bound) with {@link
 * IllegalArgumentException}. A watchlist line that cannot be asked is an omission, never an exception.
 */
package io.alphakeep.plan;
