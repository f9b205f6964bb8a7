package io.alphakeep.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The parts of the bench as {@code --only} names them, in the order in which they are run and shown. */
enum PartName {
    SINGLE(SinglePart::new),
    BATCH(BatchPart::new),
    QUERY(QueryPart::new),
    JSON(JsonPart::new),
    DAILY(DailyRun::new),
    BULK(BulkPart::new),
    UNCHANGED(UnchangedPart::new),
    REQUEST(RequestPart::new),
    DECODE(DecodePart::new),
    PEERS(PeersPart::new);

    private final Supplier<Part> part;

    PartName(Supplier<Part> part) {
        this.part = part;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    Part part() {
        return part.get();
    }

    static Optional<PartName> of(String text) {
        return Arrays.stream(values()).filter(name -> name.text().equals(text)).findFirst();
    }

    /** All of them, for messages: {@code single, batch, …}. */
    static String words() {
        return Arrays.stream(values()).map(PartName::text).collect(Collectors.joining(", "));
    }
}
