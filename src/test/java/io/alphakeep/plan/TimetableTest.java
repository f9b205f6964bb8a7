package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.catalog.Rhythm;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {

    @ParameterizedTest(name = "{0} at {1}: {2}, next {3}. {4}")
    @CsvSource({
        "SESSION, 2026-11-20T01:14:59Z, 2026-11-18, 2026-11-20T01:15:00Z, a second before Thursday's publication",
        "SESSION, 2026-11-20T01:15:00Z, 2026-11-19, 2026-11-21T01:15:00Z, at Thursday's publication",
        "SESSION, 2026-11-21T01:10:00Z, 2026-11-19, 2026-11-21T01:15:00Z, Friday evening before",
        "SESSION, 2026-11-21T01:20:00Z, 2026-11-20, 2026-11-24T01:15:00Z, Friday evening after: Monday is next",
        "SESSION, 2026-11-22T12:00:00Z, 2026-11-20, 2026-11-24T01:15:00Z, Sunday",
        "SESSION, 2026-11-26T18:00:00Z, 2026-11-25, 2026-11-27T22:15:00Z, Thanksgiving",
        "SESSION, 2026-11-27T22:14:00Z, 2026-11-25, 2026-11-27T22:15:00Z, early close at 13:00: published at 17:15",
        "SESSION, 2026-11-27T22:15:00Z, 2026-11-27, 2026-12-01T01:15:00Z, and Monday is next",
        "SESSION, 2026-10-31T00:15:00Z, 2026-10-30, 2026-11-03T01:15:00Z, the last Friday of summer time: UTC-4 then UTC-5",
        "SESSION, 2026-03-07T01:15:00Z, 2026-03-06, 2026-03-10T00:15:00Z, the last Friday of winter time: UTC-5 then UTC-4",
        "SESSION, 2026-01-01T15:00:00Z, 2025-12-31, 2026-01-03T01:15:00Z, New Year",
        "WEEK, 2026-11-21T01:14:00Z, 2026-11-13, 2026-11-21T01:15:00Z, Friday before publication: last week",
        "WEEK, 2026-11-21T01:15:00Z, 2026-11-20, 2026-11-27T22:15:00Z, Friday after it",
        "WEEK, 2026-04-03T00:14:00Z, 2026-03-27, 2026-04-03T00:15:00Z, Thursday before Good Friday, before publication",
        "WEEK, 2026-04-03T00:15:00Z, 2026-04-02, 2026-04-11T00:15:00Z, the week ends on a Thursday",
        "WEEK, 2026-04-03T20:00:00Z, 2026-04-02, 2026-04-11T00:15:00Z, Good Friday itself",
        "WEEK, 2026-01-01T15:00:00Z, 2025-12-26, 2026-01-03T01:15:00Z, a week over two years",
        "MONTH, 2026-10-31T00:14:00Z, 2026-09-30, 2026-10-31T00:15:00Z, October ends on a Saturday: Friday before publication",
        "MONTH, 2026-10-31T00:15:00Z, 2026-10-30, 2026-12-01T01:15:00Z, and after it",
        "MONTH, 2026-01-31T01:15:00Z, 2026-01-30, 2026-02-28T01:15:00Z, January is longer than February",
        "MONTH, 2025-12-31T12:00:00Z, 2025-11-28, 2026-01-01T01:15:00Z, the year's last session is not over",
        "SEVEN_DAYS, 2026-11-20T12:00:00Z, 2026-11-20, 2026-11-27T12:00:00Z, no calendar",
    })
    void knowsWhatIsPublishedAndWhatIsNext(Rhythm rhythm, Instant at, LocalDate last, Instant next, String why) {
        assertThat(Timetable.lastPublished(rhythm, at)).as(why).isEqualTo(last);
        assertThat(Timetable.next(rhythm, at)).as(why).isEqualTo(next);
    }

    @ParameterizedTest(name = "{0} after {1} through {2}: {3}")
    @CsvSource({
        "SESSION, 2026-11-20, 2026-11-20, 0",
        "SESSION, 2026-11-20, 2026-11-23, 1",
        "SESSION, 2026-11-25, 2026-11-30, 2",
        "SESSION, 2026-11-25, 2026-11-20, 0",
        "WEEK, 2026-11-18, 2026-11-20, 0",
        "WEEK, 2026-11-20, 2026-12-04, 2",
        "WEEK, 2025-12-26, 2026-01-02, 1",
        "MONTH, 2025-11-28, 2026-02-27, 3",
        "MONTH, 2026-10-30, 2026-09-30, 0",
        "SEVEN_DAYS, 2026-11-01, 2026-11-14, 1",
    })
    void countsPeriods(Rhythm rhythm, LocalDate after, LocalDate through, long periods) {
        assertThat(Timetable.periods(rhythm, after, through)).isEqualTo(periods);
    }
}
