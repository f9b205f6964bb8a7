package io.alphakeep.ledger;

/**
 * What a request or a run did to the tables, in rows.
 *
 * @param inserted  rows that were not there
 * @param changed   rows that were there with other values
 * @param unchanged rows that were there as they came
 * @param removed   superseded bars of a running week or month
 * @param rejected  rows that could not be stored
 */
public record RowCounts(long inserted, long changed, long unchanged, long removed, long rejected) {

    public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);
}
