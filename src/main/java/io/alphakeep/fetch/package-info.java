/**
 * One HTTP request to the API, and the class of its answer. In: a series' parameters; out: an {@link
 * io.alphakeep.fetch.Answer} with a sealed {@link io.alphakeep.fetch.FetchOutcome}. May import market, config and
 * catalog. What the API or the network does is an outcome, never an exception; the key stands in no text that leaves
 * here. Needs a started Quarkus application: the REST client's implementation is made at its build.
 */
package io.alphakeep.fetch;
