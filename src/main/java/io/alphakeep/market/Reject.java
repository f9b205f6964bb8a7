package io.alphakeep.market;

/**
 * A row of an answer that could not be stored, kept with its reason so that nothing disappears silently.
 *
 * @param reason  short kind, bounded in number: {@code number}, {@code date}, {@code duplicate}, {@code shape} (not
 *                an object, or not as many fields as the header), {@code no_partition}
 * @param place   the row's key in the answer, as it came
 * @param detail  what was wrong, in words
 * @param payload the row as it came, at most 4 KiB
 */
public record Reject(String reason, String place, String detail, String payload) {}
