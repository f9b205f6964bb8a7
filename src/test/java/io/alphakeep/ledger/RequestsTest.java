package io.alphakeep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Interval;
import io.alphakeep.market.Reject;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lines that stand beside an answer's rows: its request and its rejects. */
@Tag("postgres")
class RequestsTest {

    private static final Instant AT = Instant.parse("2024-11-08T21:05:00.5Z");
    private static final Series SERIES = Series.of("BRK-B", "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    static RequestLine line(long run, Series series, String meta, String message) {
        return new RequestLine(
                run,
                series,
                "{\"outputsize\": \"full\"}",
                AT,
                "data",
                200,
                17,
                1_234_567_890_123L,
                meta,
                message,
                new RowCounts(1, 2, 3, 4, 5));
    }

    @Test
    void aRequestIsOneLine() {
        record(line(3, SERIES, "{\"5. Time Zone\": \"US/Eastern\"}", null));
        assertThat(DATABASE.query(
                        "SELECT run, ticker, endpoint, parameters ->> 'outputsize', requested_at, outcome, http_status, "
                                + "duration_ms, body_bytes, meta ->> '5. Time Zone', message, rows_inserted, rows_changed, rows_unchanged, "
                                + "rows_removed, rows_rejected FROM alpha_request WHERE run = 3"))
                .hasToString(
                        "[[3, BRK-B, TIME_SERIES_INTRADAY_5min, full, 2024-11-08 21:05:00.5+00, data, 200, 17, 1234567890123, "
                                + "US/Eastern, null, 1, 2, 3, 4, 5]]");
    }

    @Test
    void aMessageIsBoundedAndMayHoldAnything() {
        record(line(4, SERIES, null, "a\0b" + "😀".repeat(400)));
        assertThat(DATABASE.value("SELECT message FROM alpha_request WHERE run = 4"))
                .isEqualTo("ab" + "😀".repeat(149));
        record(line(5, SERIES, null, "abc" + "😀".repeat(400)));
        assertThat(DATABASE.value("SELECT message FROM alpha_request WHERE run = 5"))
                .isEqualTo("abc" + "😀".repeat(148));
    }

    @Test
    void rejectsAreKeptWithTheirReasonAndABoundedPayload() {
        Reject bad = new Reject("number", "2024-11-08", "close is 'x\0y'", "\0" + "p".repeat(9_000));
        DATABASE.transactions().run(c -> {
            new Rejects().record(c, 6, SERIES, AT, List.of(bad));
            new Rejects().record(c, 7, SERIES, AT, Collections.nCopies(1_203, bad));
            new Rejects().record(c, 8, SERIES, AT, List.of());
            return null;
        });
        assertThat(
                        DATABASE.query(
                                "SELECT ticker, endpoint, rejected_at, reason, place, detail, length(payload) FROM alpha_reject WHERE run = 6"))
                .hasToString(
                        "[[BRK-B, TIME_SERIES_INTRADAY_5min, 2024-11-08 21:05:00.5+00, number, 2024-11-08, close is 'xy', 4096]]");
        assertThat(DATABASE.query("SELECT run, count(*) FROM alpha_reject GROUP BY run ORDER BY run"))
                .hasToString("[[6, 1], [7, 1203]]");
    }

    private static void record(RequestLine line) {
        DATABASE.transactions().run(c -> {
            new Requests().record(c, line);
            return null;
        });
    }
}
