package io.alphakeep.fetch;

import java.time.Duration;

/**
 * What came of one request.
 *
 * @param outcome   the class of the answer
 * @param simulated the server said that it is a stand-in (header {@code X-Alphakeep-Simulated: true})
 * @param reached   a server answered at all; {@code simulated} means nothing when it did not
 * @param status    HTTP status, 0 when no server answered
 * @param bodyBytes bytes of the body that were read
 * @param took      from sending to the last byte
 */
public record Answer(
        FetchOutcome outcome, boolean simulated, boolean reached, int status, long bodyBytes, Duration took) {}
