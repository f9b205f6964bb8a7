package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.catalog.Catalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a body is cut into chunks on its way changes nothing of what it says. */
class ChunkBordersTest {

    private static final String JSON = """
            \uFEFF{"Meta Data": {"2. Symbol": "IBM", "6. Tîme 😀": "\\u00e9\\n\\ud83d\\ude00"},
             "Time Series": {
              "2024-11-08 10:00:00": {"1. open": "12.3400", "9. ünit": "€ 😀 \\"", "4. close": 1e3},
              "2024-11-07\\u0020": {"4. close": "1"},
              "2024-11-07 é": {"4. close": "é😀"},
              "2024-11-06": {"4. close": "x😀\\u00e9"},
              "2024-11-06": {"4. close": "7", "4. \\u0063lose": "8"},
              "2024-11-06": {"4. close": "9"},
              "2024-11-09": {"4. close": "0.50"}}}""";
    private static final String CSV =
            "\uFEFFtimestamp,close,ünit\r\n2024-11-08,1.50,\"a,\"\"😀\"\r\n2024-11-07,é😀,€\r\n2024-11-06,2,\n";

    /** Gives these bytes in pieces that end at the multiples of a size. */
    private static InputStream pieces(byte[] bytes, int size, int first) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                int border = pos < first ? first : first + ((pos - first) / size + 1) * size;
                return super.read(into, offset, Math.min(length, border - pos));
            }
        };
    }

    private static Decoded decode(InputStream in, boolean csv) {
        var series = Catalog.series("IBM", "TIME_SERIES_DAILY");
        return new Decoders().decode(series, Catalog.function(series.function()), in, csv);
    }

    private static String told(Decoded decoded) {
        return decoded.bars().asList() + "\n" + decoded.rejects() + "\n" + decoded.meta();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCutGivesTheSame(boolean csv) {
        byte[] body = (csv ? CSV : JSON).getBytes(StandardCharsets.UTF_8);
        String whole = told(decode(new ByteArrayInputStream(body), csv));
        assertThat(whole).contains("😀").contains("number");
        for (int cut = 1; cut < body.length; cut++) {
            assertThat(told(decode(pieces(body, body.length, cut), csv)))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
        for (int size = 1; size < 20; size++) {
            assertThat(told(decode(pieces(body, size, size), csv)))
                    .as("pieces of %d", size)
                    .isEqualTo(whole);
        }
    }

    /** The parser's own buffer has borders, too: each row of a reject stands across one of them once. */
    @Test
    void aRowIsHadAgainWhereverTheParsersBufferEnds() {
        String row = "{\"4. close\": \"é😀?\", \"n\": \"" + "€".repeat(50) + "\"}";
        for (int shift = 3_700; shift < 4_100; shift++) {
            String body =
                    "{\"Meta Data\":{\"n\":\"" + "x".repeat(shift) + "\"},\"t\":{\"2024-11-08\":{},\"2024-11-07\":"
                            + row + ",\"2024-11-06\":{\"4. close\":\"1.50\"},\"2024-11-05\": " + row + "}}";
            Decoded decoded = Decode.json("TIME_SERIES_DAILY", body);
            assertThat(decoded.bars().size()).isEqualTo(2);
            assertThat(decoded.rejects())
                    .as("shift %d", shift)
                    .hasSize(2)
                    .allSatisfy(reject -> assertThat(reject.payload()).isEqualTo(row));
        }
    }

    @Test
    void whatIsNoUtf8IsToldWithItsPlaceAndACutCharacterIsShort() {
        byte[] body = JSON.getBytes(StandardCharsets.UTF_8);
        int emoji = new String(body, StandardCharsets.ISO_8859_1).indexOf("\u00F0");
        byte[] broken = body.clone();
        broken[emoji + 2] = 'x';
        byte[] cut = Arrays.copyOf(body, emoji + 2);
        for (byte[] bad : new byte[][] {broken, cut}) {
            for (int size : new int[] {1, 7, 100_000}) {
                assertThatThrownBy(() -> decode(pieces(bad, size, size), false))
                        .isInstanceOfSatisfying(
                                DecodeException.class,
                                e -> assertThat(e.byteOffset()).isEqualTo(emoji));
            }
        }
    }

    /** The parser looks past the end of a number, and so past the border, before it shows where the number begins. */
    @Test
    void aRowThatIsANumberOrALiteralIsRejectedWhereverTheBufferEnds() {
        for (String row : new String[] {"1234", "true", "null"}) {
            for (int shift = 3_900; shift < 4_000; shift++) {
                Decoded decoded = Decode.json(
                        "TIME_SERIES_DAILY",
                        "{\"Meta Data\":{\"n\":\"" + "x".repeat(shift) + "\"},\"t\":{\"2024-11-08\":" + row
                                + ",\"2024-11-07\":{\"4. close\":\"1\"}}}");
                assertThat(decoded.rejects())
                        .singleElement()
                        .satisfies(r -> assertThat(r.payload()).isEqualTo(row));
            }
        }
    }

    @Test
    void aPairThatStandsInOneRoomEachIsGivenInHalves() throws IOException {
        String text = "a😀é😀";
        for (int size = 1; size < 12; size++) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Utf8Reader reader = new Utf8Reader(pieces(bytes, size, size));
            char[] one = new char[1];
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                assertThat(reader.read(one, 0, 1)).isEqualTo(1);
                // Half a pair counts as half of its bytes.
                assertThat(reader.byteOffset(i)).isEqualTo(Texts.utf8Length(text.toCharArray(), 0, i));
                all.append(one[0]);
            }
            assertThat(reader.read(one, 0, 1)).isEqualTo(-1);
            assertThat(all).hasToString(text);
        }
    }

    @Test
    void placesAreBytesNotCharacters() {
        String begin = "{\"Meta Data\":{\"n\":\"" + "€".repeat(5_000) + "\"},\"x\":{";
        assertThatThrownBy(() -> Decode.json("TIME_SERIES_DAILY", begin + "\"a\" 1}}"))
                .isInstanceOfSatisfying(
                        DecodeException.class,
                        e -> assertThat(e.byteOffset())
                                .isBetween(
                                        (long) begin.getBytes(StandardCharsets.UTF_8).length,
                                        begin.getBytes(StandardCharsets.UTF_8).length + 6L));
    }
}
