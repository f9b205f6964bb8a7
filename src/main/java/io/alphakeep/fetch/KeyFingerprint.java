package io.alphakeep.fetch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What stands for a key wherever one has to be told from another (allowance, entitlements, reports): the first 12
 * hexadecimal digits of the SHA-256 of its UTF-8 bytes.
 */
public final class KeyFingerprint {

    private static final int DIGITS = 12;

    private KeyFingerprint() {}

    /** @param key the key as it is configured, without surrounding blanks */
    public static String of(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
