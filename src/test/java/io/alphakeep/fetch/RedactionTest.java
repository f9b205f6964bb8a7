package io.alphakeep.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    private static final String KEY = "QWERTY12345/+z";

    @Test
    void hidesTheKeyInEveryFormItTravelsIn() {
        String text = new Redaction(KEY)
                .clean("as QWERTY12345/+z, qwerty12345/+Z, ?apikey=QWERTY12345%2F%2Bz&x=1,"
                        + " q=qwerty12345%2f%2bz and q=QWERTY12345%252F%252Bz.");
        assertThat(text.toLowerCase()).doesNotContain("qwerty");
        assertThat(text).isEqualTo("as ***, ***, ?apikey=***&x=1, q=*** and q=***.");
    }

    @Test
    void hidesTheKeyThatALineBreakWouldHide() {
        assertThat(new Redaction("QWERTY 12345").clean("key QWERTY\u0000\n12345 end"))
                .isEqualTo("key *** end");
    }

    @Test
    void hidesWhateverKeyTheApiEchoes() {
        assertThat(new Redaction("other")
                        .clean("We have detected your API key as XXXX and our limit; https://h/q?apikey=abc%20d&b=c"))
                .isEqualTo("We have detected your API key as *** and our limit; https://h/q?apikey=***&b=c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a | a cat has a ball: a | *** cat has *** ball: ***", "xy | xyz xy, xy1 | xyz ***, xy1"})
    void aShortKeyIsHiddenAsAWord(String key, String text, String clean) {
        assertThat(new Redaction(key).clean(text)).isEqualTo(clean);
    }

    @Test
    void withoutAKeyNothingIsHidden() {
        assertThat(new Redaction("").clean("some text")).isEqualTo("some text");
        assertThat(new Redaction(null).clean(null)).isEmpty();
    }

    @Test
    void shortensOnlyAfterHiding() {
        String text = new Redaction(KEY).clean("x".repeat(Redaction.MAX_CHARACTERS - 5) + " " + KEY);
        assertThat(text).hasSizeLessThanOrEqualTo(Redaction.MAX_CHARACTERS).doesNotContain("QWE");
        assertThat(new Redaction(KEY).clean("y".repeat(5000)))
                .hasSize(Redaction.MAX_CHARACTERS)
                .endsWith("…");
    }

    @Test
    void removesWhatATerminalWouldObey() {
        assertThat(new Redaction(KEY).clean("a\u001B[31mb\r\nc\u0000\u202Ed")).isEqualTo("a [31mb c d");
    }

    @Test
    void neverShowsItself() {
        assertThat(new Redaction(KEY).toString()).doesNotContain("QWERTY");
    }

    @Test
    void aFingerprintStandsForTheKey() {
        // printf '%s' demo | sha256sum
        assertThat(KeyFingerprint.of("demo")).isEqualTo("2a97516c354b");
        assertThat(KeyFingerprint.of(KEY)).hasSize(12).isNotEqualTo(KeyFingerprint.of(KEY.toLowerCase()));
    }
}
