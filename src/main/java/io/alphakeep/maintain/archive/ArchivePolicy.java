package io.alphakeep.maintain.archive;

import java.util.OptionalInt;

/**
 * What becomes of old data.
 *
 * @param mode            what is done with years that are old
 * @param afterMonths     a year is old once its December is more than this many months past; 1 to 1,200
 * @param retentionMonths what is older than this is detached, and dropped after the grace; empty = kept for ever
 * @param graceDays       how long a partition that retention detached can be taken back; 1 to 365
 */
public record ArchivePolicy(Mode mode, int afterMonths, OptionalInt retentionMonths, int graceDays) {

    /** What is done with years that are old. */
    public enum Mode {
        /** Their months become one partition of the same table. */
        MERGE,
        /** The same, and that partition moves to {@code alpha_market_data_archive}. */
        DETACH,
        /** They stay as they are. */
        OFF
    }

    public static final ArchivePolicy DEFAULT = new ArchivePolicy(Mode.MERGE, 24, OptionalInt.empty(), 14);

    public ArchivePolicy {
        if (afterMonths < 1 || afterMonths > 1_200) {
            throw new IllegalArgumentException("afterMonths " + afterMonths + ": 1 to 1200");
        }
        if (retentionMonths.isPresent() && (retentionMonths.getAsInt() < 12 || retentionMonths.getAsInt() > 1_200)) {
            throw new IllegalArgumentException("retentionMonths " + retentionMonths.getAsInt() + ": 12 to 1200");
        }
        if (graceDays < 1 || graceDays > 365) {
            throw new IllegalArgumentException("graceDays " + graceDays + ": 1 to 365");
        }
    }
}
