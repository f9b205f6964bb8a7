package io.alphakeep.db;

/**
 * What follows on a first statement: {@link Transactions#readThenWrite}.
 *
 * @param statement changes rows; null = nothing is to be changed
 * @param binder    binds its parameters
 * @param result    what to return
 */
public record Next<T>(String statement, Transactions.Binder binder, T result) {}
