/**
 * The stand-in of the Alpha Vantage API: an HTTP server inside the program that answers in the API's wire format, from
 * a simulated market or from recorded bodies, with the API's limits, notices and troubles. In: a query string; out:
 * bytes. Part of the default JVM build only; imported by nobody but tests. May import market and catalog; needs nothing
 * but the JDK beside them. What the client asks wrongly is answered as the API does; what the caller configures wrongly
 * is an {@link IllegalArgumentException} that names it.
 *
 * <p>The way of a request: {@code StandIn} (HTTP) → {@code Responder} (key, limits, faults) → {@code Source} (simulated
 * or recorded) → {@code Reply} (bytes and how they are delivered).
 */
package io.alphakeep.local;
