package io.alphakeep.decode;

import io.alphakeep.market.Bar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.function.Supplier;

/** A bar on its way: its stamp waits for the zone, which may stand behind the rows. */
final class Row {

    final String key;
    final LocalDateTime stamp;
    /** By {@link Column#ordinal()}. */
    final BigDecimal[] figures = new BigDecimal[Column.COUNT];
    /** The row as it came, for a reject. */
    Supplier<String> payload;

    String rest;

    Row(String key, LocalDateTime stamp) {
        this.key = key;
        this.stamp = stamp;
    }

    Bar at(Instant instant) {
        return new Bar(
                instant,
                figures[Column.OPEN.ordinal()],
                figures[Column.HIGH.ordinal()],
                figures[Column.LOW.ordinal()],
                figures[Column.CLOSE.ordinal()],
                figures[Column.VOLUME.ordinal()],
                figures[Column.ADJUSTED_CLOSE.ordinal()],
                figures[Column.DIVIDEND_AMOUNT.ordinal()],
                figures[Column.SPLIT_COEFFICIENT.ordinal()],
                rest);
    }

    /** Whether both say the same; 1.50 and 1.5 do. */
    boolean sameAs(Row other) {
        for (int i = 0; i < figures.length; i++) {
            BigDecimal mine = figures[i];
            BigDecimal theirs = other.figures[i];
            if (mine == null || theirs == null ? mine != theirs : mine.compareTo(theirs) != 0) {
                return false;
            }
        }
        return Objects.equals(rest, other.rest);
    }
}
