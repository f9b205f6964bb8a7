package io.alphakeep.trigger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The bearer token of HTTP requests (RFC 6750). Compared by hash in constant time: neither its length nor its beginning leaks. */
final class Token {

    private static final String SCHEME = "Bearer ";

    private final byte[] hash;

    Token(String token) {
        this.hash = sha256(token);
    }

    /** @param authorization the header; null when there is none */
    boolean isIn(String authorization) {
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return MessageDigest.isEqual(
                hash, sha256(bearer ? authorization.substring(SCHEME.length()).strip() : ""));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
