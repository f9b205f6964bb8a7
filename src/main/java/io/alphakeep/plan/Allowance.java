package io.alphakeep.plan;

import java.time.Instant;

/**
 * What a key may still ask today.
 *
 * @param perDay requests a day, more than 0
 * @param left   requests left today, 0 or more
 * @param until  when there are new ones at the latest
 */
public record Allowance(int perDay, int left, Instant until) {}
