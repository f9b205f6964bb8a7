package io.alphakeep.pool;

/**
 * What the size never leaves.
 *
 * @param floor   one run and what is beside it get on with this many; 1 or more
 * @param ceiling all that can be at work at once needs no more; at least the floor
 */
public record PoolBounds(int floor, int ceiling) {

    /** @throws IllegalArgumentException when they are not in this order */
    public PoolBounds {
        if (floor < 1 || ceiling < floor) {
            throw new IllegalArgumentException("a pool of " + floor + " to " + ceiling + " connections can't be");
        }
    }

    /** The nearest size within the bounds; within the server's room too, unless that is below the floor. */
    int clamp(int size, int room) {
        return Math.max(floor, Math.min(size, Math.min(ceiling, room)));
    }
}
