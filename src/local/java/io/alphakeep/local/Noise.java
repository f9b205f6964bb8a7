package io.alphakeep.local;

/**
 * Numbers that look random and depend on nothing but their place: the same at every ask, in any order, on any machine.
 * A place is a seed (a ticker's), a coordinate (a day, a minute) and a salt (what the number is for).
 */
final class Noise {

    private static final double STANDARD_DEVIATION_OF_FOUR_UNIFORMS = StrictMath.sqrt(4.0 / 12.0);

    private Noise() {}

    static long seed(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    static long bits(long seed, long at, int salt) {
        return mix(mix(seed ^ salt * 0x9e3779b97f4a7c15L) + at * 0xd1342543de82ef95L);
    }

    /** In [0, 1). */
    static double uniform(long seed, long at, int salt) {
        return (bits(seed, at, salt) >>> 11) * 0x1.0p-53;
    }

    /** In [low, high). */
    static double between(double low, double high, long seed, long at, int salt) {
        return low + (high - low) * uniform(seed, at, salt);
    }

    /** Mean 0, standard deviation 1, at most 3.5 away: markets of a demo need no fatter tails. */
    static double normal(long seed, long at, int salt) {
        long bits = bits(seed, at, salt);
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum / 65536.0 - 2.0) / STANDARD_DEVIATION_OF_FOUR_UNIFORMS;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
