package io.alphakeep.run;

/**
 * One thing that went wrong, in words a person can act on.
 *
 * @param series  whose; empty when it is the run's
 * @param kind    short word, bounded in number
 * @param message what happened
 * @param next    what to do
 */
public record Problem(String series, String kind, String message, String next) {}
