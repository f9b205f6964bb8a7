package io.alphakeep.local;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;

/**
 * A file that holds an answer of the real API.
 *
 * @param file       where
 * @param function   that answered
 * @param symbol     in upper case
 * @param interval   the API's word; empty where the function takes none
 * @param csv        whether it is CSV; JSON otherwise
 * @param dataDate   the newest date of its data
 * @param recordedOn when it was fetched; {@link LocalDate#MIN} when nobody wrote it down
 * @param bytes      its length: of two as new the longer one is the less abridged
 */
record RecordedBody(
        Path file,
        String function,
        String symbol,
        String interval,
        boolean csv,
        LocalDate dataDate,
        LocalDate recordedOn,
        long bytes) {

    /** Oldest first. */
    static final Comparator<RecordedBody> AGE = Comparator.comparing(RecordedBody::dataDate)
            .thenComparing(RecordedBody::recordedOn)
            .thenComparingLong(RecordedBody::bytes)
            .thenComparing(RecordedBody::file);

    boolean answers(Query query) {
        return function.equals(query.function())
                && symbol.equals(query.symbol())
                && csv == query.wantsCsv()
                && (interval.isEmpty() || interval.equals(query.get("interval")))
                // A body is one answer: it does not hold the months that a backfill walks through.
                && (query.get("month").isEmpty() || dataDate.toString().startsWith(query.get("month")));
    }
}
