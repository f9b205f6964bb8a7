package io.alphakeep.maintain.archive;

import java.math.BigDecimal;
import java.util.Collection;

/**
 * What a table holds: two that are equal hold equal rows.
 *
 * @param rows how many
 * @param hash the sum of {@code hash_record_extended} over all of them, whatever their order; equal values of different
 *             spelling (1.0 and 1.00) are equal, as they are to every query
 */
record Contents(long rows, BigDecimal hash) {

    static Contents sum(Collection<Contents> parts) {
        return parts.stream()
                .reduce(new Contents(0, BigDecimal.ZERO), (a, b) -> new Contents(a.rows + b.rows, a.hash.add(b.hash)));
    }
}
