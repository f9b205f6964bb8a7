package io.alphakeep.market;

import java.time.LocalDate;

/**
 * Sessions that a stored series has no bar of, between its first and its last one.
 *
 * @param from     the first missing session
 * @param through  the last one; of intraday series in the same month
 * @param sessions how many are missing from the first to the last, at least 1
 */
public record Gap(LocalDate from, LocalDate through, int sessions) {}
