package io.alphakeep.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * How the API is reached.
 *
 * @param url            everything before the {@code ?}; nothing is appended
 * @param key            the key; stands in no text that leaves this package
 * @param connectTimeout bound of name resolution, connection and TLS
 * @param readTimeout    bound of every silence: until the first byte, and between two bytes of a body
 * @param totalTimeout   bound of one request as a whole, so that a body that drips cannot hold it for ever; the time
 *                       that a large one waits for another does not count
 * @param maxBodyBytes   bound of a body after decompression, in bytes
 * @param userAgent      what we call ourselves
 */
public record ApiOptions(
        URI url,
        String key,
        Duration connectTimeout,
        Duration readTimeout,
        Duration totalTimeout,
        long maxBodyBytes,
        String userAgent) {

    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(30);
    public static final Duration DEFAULT_TOTAL_TIMEOUT = Duration.ofSeconds(120);
    public static final long DEFAULT_MAX_BODY_BYTES = 64L * 1024 * 1024;

    /** The bound that a Java array sets to {@code maxBodyBytes}. */
    private static final long ARRAY_BOUND = Integer.MAX_VALUE - 16L;

    /** @throws IllegalArgumentException when the URL is not http(s) with a host, or a bound is not positive */
    public ApiOptions {
        Objects.requireNonNull(key, "key");
        String scheme = String.valueOf(url.getScheme());
        if (!(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https")) || url.getHost() == null) {
            throw new IllegalArgumentException("the API's URL must be http(s)://host/path");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("the API's URL is everything before the '?'");
        }
        for (Duration timeout : new Duration[] {connectTimeout, readTimeout, totalTimeout}) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeouts of the API must be positive");
            }
        }
        if (maxBodyBytes < 1 || maxBodyBytes > ARRAY_BOUND) {
            throw new IllegalArgumentException("max-body-bytes must be 1 to " + ARRAY_BOUND);
        }
    }

    /** All bounds at their defaults. */
    public static ApiOptions of(URI url, String key) {
        return new ApiOptions(
                url,
                key,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_READ_TIMEOUT,
                DEFAULT_TOTAL_TIMEOUT,
                DEFAULT_MAX_BODY_BYTES,
                "alphakeep");
    }

    /** Scheme, host and port: what texts about the server name. Never the path, which may hold a secret of a proxy. */
    String server() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    @Override
    public String toString() {
        return "ApiOptions[" + server() + "]";
    }
}
