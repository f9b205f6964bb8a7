package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.market.Bars.Figure;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractCollection;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one body may take of memory is bounded, and past the bound nothing of it is decoded. */
class BodyBoundsTest {

    private static Decoded csv(String header, int rows, IntFunction<String> row) {
        Iterator<InputStream> parts = IntStream.rangeClosed(-1, rows - 1)
                .mapToObj(i -> (InputStream) new ByteArrayInputStream(
                        ((i < 0 ? header : row.apply(i)) + "\n").getBytes(StandardCharsets.US_ASCII)))
                .iterator();
        var series = Catalog.series("IBM", "TIME_SERIES_INTRADAY:1min");
        InputStream in = new SequenceInputStream(Collections.enumeration(new Parts(parts)));
        return new Decoders().decode(series, Catalog.function(series.function()), in, true);
    }

    /** A collection that is made while it is read. */
    private static final class Parts extends AbstractCollection<InputStream> {
        private final Iterator<InputStream> parts;

        Parts(Iterator<InputStream> parts) {
            this.parts = parts;
        }

        @Override
        public Iterator<InputStream> iterator() {
            return parts;
        }

        @Override
        public int size() {
            throw new UnsupportedOperationException();
        }
    }

    private static String stamp(int row) {
        return Stamps.text(1_700_000_000L / 60 * 60 - row * 60L, true).substring(0, 16);
    }

    @Test
    void rowsInNoOrder() {
        // In pairs that stand the wrong way round.
        assertThat(csv("timestamp,close", 10_000, i -> stamp(i ^ 1) + ",1")
                        .bars()
                        .size())
                .isEqualTo(10_000);
        assertThatThrownBy(() -> csv("timestamp,close", Rows.MAX_UNSORTED + 2, i -> stamp(i ^ 1) + ",1"))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.isBound()).isTrue())
                .hasMessageContaining("in no order");
    }

    @Test
    void rowsInOrderButTooMany() {
        assertThatThrownBy(() -> csv("timestamp,close", Rows.MAX_ROWS + 1, i -> stamp(i) + ",1"))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.isBound()).isTrue())
                .hasMessageContaining(Rows.MAX_ROWS + " rows");
    }

    @Test
    void wideFigures() {
        String wide = ",12345678901234567890";
        Decoded some = csv("timestamp,close", 10, i -> stamp(i) + wide);
        assertThat(some.bars().isPlain(Figure.CLOSE, 0)).isFalse();
        assertThatThrownBy(() -> csv("timestamp,close", Rows.MAX_WIDE + 1, i -> stamp(i) + wide))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.isBound()).isTrue())
                .hasMessageContaining("more than 18 digits");
    }

    @Test
    void rowsThatCannotBeRead() {
        assertThat(csv("timestamp,close", Rows.MAX_REJECTS, i -> "x,1").rejects())
                .hasSize(Rows.MAX_REJECTS);
        assertThatThrownBy(() -> csv("timestamp,close", Rows.MAX_REJECTS + 1, i -> "x,1"))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.isBound()).isTrue())
                .hasMessageContaining("cannot be read");
    }

    @Test
    void whatNoColumnHolds() {
        String much = "y".repeat(100_000);
        assertThatThrownBy(() -> csv("timestamp,other", 700, i -> stamp(i) + "," + much))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.isBound()).isTrue())
                .hasMessageContaining("no column holds");
    }

    @Test
    void aDuplicateIsFoundHoweverFarApartAndWhicheverOrder() {
        Decoded decoded =
                csv("timestamp,close", 1_000, i -> stamp(i == 999 ? 3 : i == 998 ? 4 : i ^ 1) + "," + (i / 998));
        assertThat(decoded.bars().size()).isEqualTo(998);
        assertThat(decoded.rejects())
                .extracting(r -> r.reason() + " " + r.place() + " " + r.payload())
                .containsExactly(
                        "duplicate " + stamp(4) + " " + stamp(4) + ",1",
                        "duplicate " + stamp(3) + " " + stamp(3) + ",1");
    }

    /** Where the clocks go forward two local times are one instant; the texts of the rows are gone by then. */
    @Test
    void localTimesThatAreOneInstantAreOneBar() {
        String body =
                "{\"t\":{\"2024-03-10 03:30:00\":{\"4. close\":\"1.50\"},\"2024-03-10 02:30:00\":{\"4. close\":\"%s\"}}}";
        Decoded differing = Decode.json("TIME_SERIES_INTRADAY:1min", body.formatted("2"));
        assertThat(differing.bars().size()).isEqualTo(1);
        assertThat(differing.bars().get(0).close()).isEqualTo("1.50");
        assertThat(differing.rejects()).extracting(r -> r.reason()).containsExactly("duplicate");
        assertThat(differing.rejects().get(0).detail()).contains("2024-03-10 07:30 UTC");
        assertThat(Decode.json("TIME_SERIES_INTRADAY:1min", body.formatted("1.5"))
                        .rejects())
                .isEmpty();
    }
}
