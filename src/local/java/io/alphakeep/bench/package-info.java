/**
 * The bench: how fast this program, and what it stands beside, are on the user's own server. In: settings and options; out:
 * a {@link io.alphakeep.bench.BenchReport}, shown as a table, as JSON and as an HTML page. Works in a scratch schema that it
 * removes again. Part of the default JVM build alone. Imported by nobody but the local part's list of verbs.
 */
package io.alphakeep.bench;
