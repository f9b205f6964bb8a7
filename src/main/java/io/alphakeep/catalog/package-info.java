/**
 * What the API offers: function → parameters, answer shape, rhythm, cost. In: a function's name; out: its line. May
 * import market and config; fails with {@link IllegalArgumentException} that lists what there is.
 */
package io.alphakeep.catalog;
