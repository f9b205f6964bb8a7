package io.alphakeep.bench;

import java.util.Set;

/**
 * What is to be measured, and how long.
 *
 * @param quick  fewer rows and rounds
 * @param rounds of each comparison
 * @param sizes  how much work a round is
 * @param parts  what is to be measured; never empty
 */
record BenchOptions(boolean quick, Rounds rounds, Sizes sizes, Set<PartName> parts) {

    BenchOptions {
        parts = Set.copyOf(parts);
    }
}
