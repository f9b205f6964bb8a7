package io.alphakeep.plan;

import java.util.Locale;
import java.util.Optional;

/** How much of a series a request asks for. */
public enum Size {
    /** The newest 100 rows. */
    COMPACT,
    /** All there is; for intraday bars the trailing 30 days, or the whole of the month that is named. */
    FULL,
    /** The function takes no {@code outputsize}: its one answer is all there is. */
    NONE;

    /** The value of the parameter {@code outputsize}; empty where none is sent. */
    public Optional<String> parameter() {
        return this == NONE ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
    }
}
