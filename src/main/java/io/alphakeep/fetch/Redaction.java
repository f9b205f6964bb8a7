package io.alphakeep.fetch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a text that came from outside fit to be shown and stored: the key is replaced wherever it stands, control
 * characters become spaces, and 300 characters are the most that remain. The API echoes keys in its quota text (ALPHA
 * VANTAGE section 3, number 5), and proxies echo whole addresses.
 */
public final class Redaction {

    /** The longest text that leaves here. */
    static final int MAX_CHARACTERS = 300;

    private static final String MASK = "***";
    /** Below this length a key is replaced as a word only: a key "a" must not turn every text into masks. */
    private static final int WORD_ONLY_BELOW = 4;

    /** Whatever stands where a key stands, even one that is not ours: a proxy may hold its own. */
    private static final Pattern PLACES =
            Pattern.compile("(?i)(apikey(?:=|%3D)|\\bapi key as )[^\\s&\"'<>]+", Pattern.UNICODE_CASE);

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\s]+");

    private final Pattern key;

    /** @param key the key to hide; empty or null when there is none */
    public Redaction(String key) {
        this.key = key == null || key.isBlank() ? null : pattern(key.strip());
    }

    /** The text without the key, otherwise as it is: JSON stays JSON. Null stays null. */
    public String withoutKey(String text) {
        return text == null ? null : mask(text);
    }

    /** The text without the key, on one line, at most 300 characters; never null. */
    public String clean(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String line = UNPRINTABLE.matcher(mask(text)).replaceAll(" ").strip();
        // A second pass: what was broken by a control character is whole again now.
        String clean = mask(line);
        return clean.length() <= MAX_CHARACTERS ? clean : clean.substring(0, MAX_CHARACTERS - 1) + "…";
    }

    private String mask(String text) {
        String masked = PLACES.matcher(text).replaceAll("$1" + MASK);
        return key == null ? masked : key.matcher(masked).replaceAll(MASK);
    }

    private static Pattern pattern(String key) {
        String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
        // Longest first, so that no form leaves the tail of another one behind.
        String forms = Stream.of(key, encoded, encoded.replace("+", "%20"), encoded.replace("%", "%25"))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?:", ")"));
        String guarded = key.length() >= WORD_ONLY_BELOW ? forms : "(?<![\\p{Alnum}])" + forms + "(?![\\p{Alnum}])";
        return Pattern.compile(guarded, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Never the key: the object may land in a log. */
    @Override
    public String toString() {
        return "Redaction[" + Matcher.quoteReplacement(MASK) + "]";
    }
}
