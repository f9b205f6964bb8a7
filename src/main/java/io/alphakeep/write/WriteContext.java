package io.alphakeep.write;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a write needs to know beside the rows.
 *
 * @param run     the run that writes; stored as {@code ingestion_epoch}
 * @param now     when the rows were answered, cut to microseconds as PostgreSQL keeps them; stored as {@code updated_at}
 *                (a changed row gets one microsecond more: that is how the statement tells it from a new one), and decides
 *                which bars are still running
 * @param fullRaw keep the whole bar in {@code raw_payload} ({@code alphakeep.store.raw=full})
 */
public record WriteContext(long run, Instant now, boolean fullRaw) {

    public WriteContext {
        now = now.truncatedTo(ChronoUnit.MICROS);
    }

    Instant insertedAt() {
        return now;
    }

    Instant changedAt() {
        return now.plus(1, ChronoUnit.MICROS);
    }
}
