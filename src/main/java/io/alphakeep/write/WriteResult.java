package io.alphakeep.write;

/**
 * What a write did to the tables, row by row, exact under concurrent writers.
 *
 * @param inserted  rows that were not there
 * @param changed   rows that were there with other values
 * @param unchanged rows that were there as they came; they cost no write
 * @param removed   superseded bars of a running week or month
 * @param rejected  rows that could not be stored; they stand in {@code alpha_reject}
 */
public record WriteResult(long inserted, long changed, long unchanged, long removed, long rejected) {

    public static final WriteResult NONE = new WriteResult(0, 0, 0, 0, 0);

    public WriteResult plus(WriteResult other) {
        return new WriteResult(
                inserted + other.inserted,
                changed + other.changed,
                unchanged + other.unchanged,
                removed + other.removed,
                rejected + other.rejected);
    }
}
