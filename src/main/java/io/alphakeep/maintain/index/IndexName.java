package io.alphakeep.maintain.index;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Names of our indexes, by which they are known again: {@code <partition>_<policy>_ak<6 hex of the definition>}. A changed
 * policy makes another name, so that the index of its former definition is seen to be out of date.
 */
final class IndexName {

    /** PostgreSQL cuts names at 63 bytes, and the policy and the hash must survive (NAMEDATALEN, manual "Identifiers"). */
    private static final int PARTITION_BYTES = 63 - 1 - 24 - 1 - 8;

    /** The letters are there so that nobody's own index, of a date's digits perhaps, is taken for ours and dropped. */
    private static final Pattern REST = Pattern.compile("_([a-z][a-z0-9_]{0,23})_(ak[0-9a-f]{6})");

    private IndexName() {}

    static String of(String partition, IndexPolicy policy) {
        return head(partition) + "_" + policy.name() + "_" + hash(partition, policy);
    }

    /** The name of the policy that an index of such a name came from; empty when the name is not of our making. */
    static Optional<String> policy(String partition, String index) {
        String head = head(partition);
        if (!index.startsWith(head)) {
            return Optional.empty();
        }
        Matcher rest = REST.matcher(index.substring(head.length()));
        return rest.matches() ? Optional.of(rest.group(1)) : Optional.empty();
    }

    private static String head(String partition) {
        StringBuilder head = new StringBuilder();
        int bytes = 0;
        for (int c : partition.codePoints().toArray()) {
            bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > PARTITION_BYTES) {
                break;
            }
            head.appendCodePoint(c);
        }
        return head.toString();
    }

    // The number of days decides where the index is, not what it is: changing it rebuilds nothing. The whole name of
    // the partition is hashed because two long ones may begin alike.
    private static String hash(String partition, IndexPolicy policy) {
        CRC32 crc = new CRC32();
        String definition = String.join(
                "\n", partition, String.join(",", policy.key()), String.join(",", policy.include()), policy.function());
        crc.update(definition.getBytes(StandardCharsets.UTF_8));
        return "ak%06x".formatted(crc.getValue() & 0xFFFFFF);
    }
}
