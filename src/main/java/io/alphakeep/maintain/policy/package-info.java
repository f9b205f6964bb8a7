/**
 * What maintenance is to keep to: the list of policies with their forms and defaults, what the warehouse has stored of them
 * in {@code alpha_policy}, and what applies in the end. In: stored texts and given settings; out: typed values. May import
 * config and db. A value that has not its form is a {@link io.alphakeep.config.Failure} 78 that names it.
 */
package io.alphakeep.maintain.policy;
