package io.alphakeep.budget;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests that count as reserved at one instant.
 *
 * @param at    never before they were
 * @param count 1 or more
 */
record Block(Instant at, int count) {

    /** Blocks of one slot are one block at the newest's instant: so many at most are kept whatever the limits. */
    private static final long YOUNG_SLOT_MILLIS = 25;

    private static final long OLD_SLOT_MILLIS = 500;

    /** How many of them are after {@code start}; oldest first. */
    static int since(List<Block> blocks, Instant start) {
        return blocks.stream()
                .filter(b -> b.at.isAfter(start))
                .mapToInt(Block::count)
                .sum();
    }

    /** Without one request of {@code at}: of the first block that can hold it. */
    static List<Block> less(List<Block> blocks, Instant at) {
        List<Block> kept = new ArrayList<>(blocks);
        for (int i = 0; i < kept.size(); i++) {
            Block block = kept.get(i);
            if (!block.at.isBefore(at)) {
                if (block.count == 1) {
                    kept.remove(i);
                } else {
                    kept.set(i, new Block(block.at, block.count - 1));
                }
                return kept;
            }
        }
        return kept;
    }

    /**
     * What is kept of them: nothing up to {@code start}; up to {@code young} in coarse slots, then in fine ones. Being later
     * than it was a request holds its place longer, never shorter.
     */
    static List<Block> compact(List<Block> blocks, Instant start, Instant young) {
        List<Block> kept = new ArrayList<>();
        for (Block block : blocks) {
            if (!block.at.isAfter(start)) {
                continue;
            }
            Block last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
            long slot = block.at.isAfter(young) ? YOUNG_SLOT_MILLIS : OLD_SLOT_MILLIS;
            if (last != null && last.at.toEpochMilli() / slot == block.at.toEpochMilli() / slot) {
                kept.set(kept.size() - 1, new Block(block.at, last.count + block.count));
            } else {
                kept.add(block);
            }
        }
        return kept;
    }
}
