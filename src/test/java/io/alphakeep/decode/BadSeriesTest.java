package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Reject;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are rejected, and bodies that are not decoded at all. */
class BadSeriesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"12,5\"",
                "\"1.2.3\"",
                "\"12.3%\"",
                "\"NaN\"",
                "\" 1\"",
                "\"٣\"",
                "\"1e999999999\"",
                "\"1e-65\"",
                "true",
                "[1]",
                "{\"a\":{}}",
                "\"12345678901234567890123456789012345678901234567890123456789012345\"",
                "\"1e99999999999999\"",
                "\"+\""
            })
    void aFigureThatIsNoneRejectsItsRowAndKeepsTheOthers(String figure) {
        String row = "{\"1. open\":\"1\",\"4. close\":" + figure + ",\"x\":\"y\"}";
        Decoded decoded = Decode.daily(
                "\"2024-11-08\":{\"4. close\":\"8\"},\"2024-11-07\":" + row + ",\"2024-11-06\":{\"4. close\":\"6\"}");
        assertThat(decoded.bars().asList())
                .extracting(Bar::close)
                .containsExactly(new BigDecimal("6"), new BigDecimal("8"));
        assertThat(decoded.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.reason()).isEqualTo("number");
            assertThat(reject.place()).isEqualTo("2024-11-07");
            assertThat(reject.payload()).isEqualTo(row);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2099-99-99",
                "2024-02-30",
                "2024-1-1",
                "",
                "yesterday",
                "2024-11-07Z",
                "2024-11-07 25:00:00",
                "2024-11-07 10:00:00.5.5"
            })
    void aDateThatIsNoneRejectsItsRow(String key) {
        Decoded decoded = Decode.daily("\"" + key + "\":{\"4. close\":\"8\"},\"2024-11-06\":{\"4. close\":\"6\"}");
        assertThat(decoded.bars().asList()).hasSize(1);
        assertThat(decoded.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.reason()).isEqualTo("date");
            assertThat(reject.place()).isEqualTo(key);
            assertThat(reject.payload()).isEqualTo("{\"4. close\":\"8\"}");
        });
        Decoded csv = Decode.csv("TIME_SERIES_DAILY", "timestamp,close\n" + key + ",8\n2024-11-06,x\n2024-11-05,5\n");
        assertThat(csv.bars().asList()).hasSize(1);
        assertThat(csv.rejects()).extracting(Reject::reason).containsExactly("date", "number");
        assertThat(csv.rejects()).extracting(Reject::payload).containsExactly(key + ",8", "2024-11-06,x");
    }

    @Test
    void aRowThatIsNoObjectIsRejectedAndPayloadsAreBounded() {
        Decoded decoded = Decode.daily(
                "\"2024-11-08\":[1,2],\"2024-11-07\":{\"4. close\":\"x\",\"é\":\"" + "é".repeat(4000) + "\"}");
        assertThat(decoded.rejects()).extracting(Reject::reason).containsExactly("shape", "number");
        assertThat(decoded.rejects().get(0).payload()).isEqualTo("[1,2]");
        String payload = decoded.rejects().get(1).payload();
        assertThat(payload.getBytes(StandardCharsets.UTF_8).length).isBetween(4090, 4096);
        assertThat(payload).doesNotContain("\uFFFD");
    }

    @Test
    void anOddLineAmongOthersIsRejected() {
        Decoded decoded =
                Decode.csv("TIME_SERIES_DAILY", "timestamp,open\n2024-11-08\n2024-11-07,1,2\n\n2024-11-06,1\n");
        assertThat(decoded.bars().asList()).hasSize(1);
        assertThat(decoded.rejects()).extracting(Reject::reason).containsExactly("shape", "shape");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\":{\"2024-11-07\":{\"4. close\":\"1\"}}",
                "{\"x\":{\"2024-11-07\":{\"4. close\":\"1\"}",
                "{\"x\":{\"2024-11-07\":{\"4. cl",
                "{\"x\":{\"2024-11-07\":{\"4. close\":\"1",
                "{\"x\":{\"2024-11-07\":{\"9. x\":{\"a\":1",
                "{\"x\":",
                "{",
                "",
                "[]",
                "7",
                "null",
                "{\"x\":{}} {}",
                "{\"x\":{}}x",
                "{\"x\":{}}}",
                "{\"x\":{},\"y\":{}}",
                "{\"Meta Data\":{}}",
                "{\"x\":[]}",
                "{\"x\":{\"a\" 1}}"
            })
    void aBodyThatIsShortOrMisshapenIsNotDecodedAtAll(String body) {
        assertThatThrownBy(() -> Decode.json("TIME_SERIES_DAILY", body))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.byteOffset()).isBetween(0L, (long) body.length()));
    }

    @Test
    void nestingIsBounded() {
        String body = "{\"x\":{\"2024-11-07\":{\"y\":" + "[".repeat(5000) + "]".repeat(5000) + "}}}";
        assertThatThrownBy(() -> Decode.json("TIME_SERIES_DAILY", body)).isInstanceOf(DecodeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp,open,close\n2024-11-07,1,2\n2024-11-06,1",
                "timestamp,open,close\n2024-11-07,1,2\n2024-11-06,1\n",
                "timestamp,open,close\n2024-11-07,1,2",
                "timestamp,open,close\n2024-11-07,1,2\n2024-11-06,1,",
                "",
                "\n",
                "when,open\n2024-11-07,1\n",
                "timestamp,open,close\n2024-11-07,\"1,2\n"
            })
    void aShortCsvIsNotDecodedAtAll(String body) {
        assertThatThrownBy(() -> Decode.csv("TIME_SERIES_DAILY", body)).isInstanceOf(DecodeException.class);
    }

    @Test
    void aLineOfMoreFieldsOrCharactersThanAreKeptIsRejected() {
        String body = "timestamp,open,x\n2024-11-07,1,y\n" + ",".repeat(1_001) + "\n2024-11-06," + "1".repeat(700_000)
                + "," + "z".repeat(700_000) + "\n2024-11-05,1,y\n";
        Decoded decoded = Decode.csv("TIME_SERIES_DAILY", body);
        assertThat(decoded.bars().size()).isEqualTo(2);
        assertThat(decoded.rejects()).extracting(Reject::reason).containsExactly("shape", "shape");
        assertThat(decoded.rejects().get(0).detail()).startsWith("1002 fields");
        assertThat(decoded.rejects().get(1).place()).isEqualTo("2024-11-06");
        assertThatThrownBy(() -> Decode.csv("TIME_SERIES_DAILY", "timestamp" + ",x".repeat(1_000) + "\n"))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.isBound()).isTrue());
    }

    /** Where a parser guesses the encoding it would read what the rest of the program takes for something else. */
    @Test
    void onlyUtf8IsRead() {
        String body = "{\"t\":{\"2024-11-07\":{\"4. close\":\"1\",\"n\":\"?\"}}}";
        for (String other : new String[] {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"}) {
            byte[] bytes = body.getBytes(Charset.forName(other));
            assertThatThrownBy(() -> Decode.bytes("TIME_SERIES_DAILY", bytes, false))
                    .as(other)
                    .isInstanceOfSatisfying(
                            DecodeException.class, e -> assertThat(e.isBound()).isFalse());
        }
        // Half of a surrogate pair, as three bytes.
        byte[] half = body.replace("?", "\u00ED\u00A0\u0080").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Decode.bytes("TIME_SERIES_DAILY", half, false))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.byteOffset()).isEqualTo(body.indexOf('?')));
    }

    @Test
    void csvThatIsNotUtf8IsNotDecoded() {
        byte[] body = "timestamp,open\n2024-11-07,1\n".getBytes(StandardCharsets.ISO_8859_1);
        body[20] = (byte) 0xC3;
        assertThatThrownBy(() -> Decode.bytes("TIME_SERIES_DAILY", body, true))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.byteOffset()).isEqualTo(20));
    }
}
