package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import io.alphakeep.market.BarsBuilder;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever way a figure takes into its column, it is the number that BigDecimal reads, to the last zero. */
class FiguresProperties {

    private static Bars column(String text) {
        BarsBuilder bars = new BarsBuilder(1);
        bars.add(0);
        // Not at the beginning of the buffer, and not at its end: neighbours are not part of the figure.
        char[] buffer = ("7." + text + "9").toCharArray();
        Figures.put(bars, Figure.CLOSE, buffer, 2, text.length());
        return bars.build((dropped, kept) -> {});
    }

    @Property(tries = 5_000)
    void readsWhatBigDecimalReads(@ForAll("numbers") String text) {
        BigDecimal expected;
        try {
            expected = new BigDecimal(text);
        } catch (NumberFormatException e) {
            expected = null;
        }
        boolean bounded = expected != null && expected.precision() <= 64 && Math.abs((long) expected.scale()) <= 64;
        if (bounded && text.length() <= 80) {
            assertThat(column(text).value(Figure.CLOSE, 0)).isEqualTo(expected);
        } else {
            assertThatThrownBy(() -> column(text)).isInstanceOf(RowFault.class);
        }
    }

    /** Signs, leading and trailing zeros, one point or two or none, exponents: numbers and what is nearly one. */
    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> sign = Arbitraries.of("", "", "", "-", "+", "--");
        Arbitrary<String> zeros = Arbitraries.of("", "", "0", "000");
        Arbitrary<String> whole = Arbitraries.strings().numeric().ofMaxLength(24);
        Arbitrary<String> point = Arbitraries.of("", ".", ".", ".", "..");
        Arbitrary<String> fraction = Arbitraries.strings().numeric().ofMaxLength(24);
        Arbitrary<String> exponent = Arbitraries.of("", "", "", "", "e3", "E-12", "e+70", "e", "e9999999999");
        return Combinators.combine(sign, zeros, whole, point, fraction, zeros, exponent)
                .as((a, b, c, d, e, f, g) -> a + b + c + d + e + f + g)
                .filter(text -> !text.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999999999999",
                "-999999999999999999",
                "1000000000000000000",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "000000000000000000000001.50",
                "0.000000000000000000",
                "-0.00",
                "5.",
                ".5"
            })
    void theEdgesOfALong(String text) {
        assertThat(column(text).value(Figure.CLOSE, 0)).isEqualTo(new BigDecimal(text));
    }

    @Test
    void eighteenDigitsNeedNoObject() {
        assertThat(column("-123456789012345.670").isPlain(Figure.CLOSE, 0)).isTrue();
        assertThat(column("-123456789012345.670").unscaled(Figure.CLOSE, 0)).isEqualTo(-123456789012345670L);
        assertThat(column("1234567890123456789").isPlain(Figure.CLOSE, 0)).isFalse();
    }
}
