/**
 * Keeps the tables in order. Each part (partition, index, archive) is a pure planner and a thin doer behind {@link
 * io.alphakeep.maintain.Part}; here stands what they share. In: policies, the catalogue, a clock; out: {@link
 * io.alphakeep.maintain.StepResult}s. May import config and db. Nothing here makes a reader or a writer wait for longer than
 * the lock timeout: what can't be done within it is postponed and reported.
 */
package io.alphakeep.maintain;
