package io.alphakeep.ledger;

/**
 * What became of a run's requests.
 *
 * @param planned   found due and chosen
 * @param sent      went out
 * @param ok        answered with data
 * @param empty     answered that there is no data
 * @param throttled answered that the allowance is used up, for now or for the day
 * @param failed    no usable answer
 * @param skipped   planned but not sent: another run had them, or the allowance ended
 */
public record RequestCounts(int planned, int sent, int ok, int empty, int throttled, int failed, int skipped) {

    public static final RequestCounts NONE = new RequestCounts(0, 0, 0, 0, 0, 0, 0);
}
