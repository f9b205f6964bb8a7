package io.alphakeep.ledger;

/** Texts from outside, fit for a column. */
final class Text {

    private Text() {}

    /** The text without the NUL characters that PostgreSQL refuses, at most so many characters; null stays null. */
    static String bounded(String text, int maxChars) {
        if (text == null) {
            return null;
        }
        String clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        if (clean.length() <= maxChars) {
            return clean;
        }
        // Half of a surrogate pair is not a character, and no column takes it.
        boolean insidePair = Character.isHighSurrogate(clean.charAt(maxChars - 1));
        return clean.substring(0, insidePair ? maxChars - 1 : maxChars);
    }
}
