package io.alphakeep.ledger;

import io.alphakeep.market.Series;
import java.time.Instant;

/**
 * One answered request.
 *
 * @param parametersJson JSON object of what was sent, without the key
 * @param outcome        how the answer was classified, a bounded set of short words
 * @param httpStatus     0 when no answer came
 * @param bodyBytes      size of the answer's body as it came
 * @param metaJson       JSON of the answer's own meta data; null when it had none
 * @param message        the API's or our own words, without the key; kept to 300 characters; null when there are none
 */
public record RequestLine(
        long run,
        Series series,
        String parametersJson,
        Instant requestedAt,
        String outcome,
        int httpStatus,
        long durationMs,
        long bodyBytes,
        String metaJson,
        String message,
        RowCounts rows) {}
