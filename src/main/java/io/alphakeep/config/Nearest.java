package io.alphakeep.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that a mistyped one most likely meant, by edit distance; none where no known word is like it. */
public final class Nearest {

    private Nearest() {}

    /** Empty where more than half of the letters would have to change; what all words begin with, as in --, does not count. */
    public static Optional<String> to(String word, Collection<String> known) {
        int shared = shared(word, known);
        String end = word.substring(shared);
        return known.stream()
                .min(Comparator.comparingInt((String k) -> distance(end, k.substring(shared)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(k -> 2 * distance(end, k.substring(shared)) <= Math.max(word.length(), k.length()) - shared);
    }

    /** How a message goes on that has named an unknown word: what was meant, where that can be guessed, and all there are. */
    public static String orOneOf(String word, Collection<String> known) {
        return to(word, known)
                        .map(near -> ", did you mean " + near + "? There are: ")
                        .orElse("; there are: ")
                + String.join(", ", known);
    }

    /** The length of the beginning that all have in common, up to the last sign in it that is no letter or digit. */
    private static int shared(String word, Collection<String> known) {
        int same = 0;
        int shared = 0;
        while (same < word.length()) {
            char next = word.charAt(same);
            int at = same;
            if (!known.stream().allMatch(k -> k.length() > at && k.charAt(at) == next)) {
                break;
            }
            same++;
            if (!Character.isLetterOrDigit(next)) {
                shared = same;
            }
        }
        return shared;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
