package io.alphakeep.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that holds one secret and nothing else: text in UTF-8, at most {@value #MOST_BYTES} bytes. */
final class SecretFile {

    static final int MOST_BYTES = 64 * 1024;

    private SecretFile() {}

    /**
     * @param variable the one that names the file, for messages
     * @return the text without white space around it, never empty
     * @throws Failure 78 when it can't be read, is empty, too large or no text
     */
    static String read(String variable, String path) {
        byte[] bytes;
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            bytes = file.readNBytes(MOST_BYTES + 1);
        } catch (IOException | InvalidPathException e) {
            throw bad(
                    variable,
                    path,
                    "can't be read (" + e.getClass().getSimpleName() + ")",
                    "check the path and its permissions",
                    e);
        }
        if (bytes.length > MOST_BYTES) {
            throw bad(variable, path, "is larger than 64 KiB", "name the file of the secret alone", null);
        }
        String secret;
        try {
            secret = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .strip();
        } catch (CharacterCodingException e) {
            throw bad(variable, path, "is not text in UTF-8", "write the secret anew", e);
        }
        if (secret.isEmpty()) {
            throw bad(variable, path, "is empty", "write the secret into it, or unset " + variable, null);
        }
        return secret;
    }

    private static Failure bad(String variable, String path, String what, String next, Exception cause) {
        return new Failure(Failure.Kind.CONFIGURATION, variable + " names " + path + ", which " + what, next, cause);
    }
}
