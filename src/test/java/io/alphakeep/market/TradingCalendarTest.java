package io.alphakeep.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01",
                "2023-01-02", // New Year; a Sunday one is kept on Monday
                "1998-01-19",
                "2026-01-19", // Martin Luther King
                "2026-02-16", // Washington
                "2000-04-21",
                "2024-03-29",
                "2026-04-03", // Good Friday
                "2021-05-31",
                "2026-05-25", // Memorial
                "2022-06-20",
                "2027-06-18", // Juneteenth from a Sunday, from a Saturday
                "2020-07-03",
                "2021-07-05",
                "2026-07-03", // Independence
                "2025-09-01",
                "2025-11-27", // Labor, Thanksgiving
                "2021-12-24",
                "2022-12-26",
                "2025-12-25", // Christmas
                "2001-09-11",
                "2001-09-14",
                "2004-06-11",
                "2007-01-02",
                "2012-10-29",
                "2012-10-30",
                "2018-12-05",
                "2025-01-09",
                "2025-11-08",
                "2025-11-09"
            })
    void isClosedOn(LocalDate date) {
        assertThat(TradingCalendar.isSession(date)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1999-12-31",
                "2010-12-31",
                "2021-12-31", // the eve of a Saturday New Year
                "1997-01-20",
                "2021-06-18", // before the holiday existed
                "2025-10-13",
                "2025-11-11", // Columbus, Veterans: banks only
                "2001-09-10",
                "2001-09-17",
                "2025-12-24",
                "2025-12-26",
                "2007-01-03"
            })
    void isOpenOn(LocalDate date) {
        assertThat(TradingCalendar.isSession(date)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-26, 2025-11-26T21:00:00Z",
        "2025-11-28, 2025-11-28T18:00:00Z",
        "2025-12-24, 2025-12-24T18:00:00Z",
        "2025-07-03, 2025-07-03T17:00:00Z",
        "2013-07-03, 2013-07-03T17:00:00Z",
        "2002-07-03, 2002-07-03T20:00:00Z",
        "2002-07-05, 2002-07-05T17:00:00Z",
        "2026-03-06, 2026-03-06T21:00:00Z",
        "2026-03-09, 2026-03-09T20:00:00Z"
    })
    void closesAt(LocalDate session, Instant close) {
        assertThat(TradingCalendar.closeTime(session)).isEqualTo(close);
    }

    @Test
    void aHolidayHasNoClose() {
        assertThatThrownBy(() -> TradingCalendar.closeTime(LocalDate.of(2025, 12, 25)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2025-12-25");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-03-27, 2024-03-28, 2024-03-28", // Good Friday ends the week and the month early
        "2025-11-03, 2025-11-07, 2025-11-28",
        "2025-11-09, 2025-11-07, 2025-11-28",
        "2001-09-12, 2001-09-10, 2001-09-28"
    })
    void weeksAndMonthsEndWithASession(LocalDate date, LocalDate week, LocalDate month) {
        assertThat(TradingCalendar.lastSessionOfWeek(date)).isEqualTo(week);
        assertThat(TradingCalendar.lastSessionOfMonth(date)).isEqualTo(month);
    }

    @Test
    void goesOverWeekendsAndHolidays() {
        LocalDate friday = LocalDate.of(2026, 1, 16);
        LocalDate tuesday = LocalDate.of(2026, 1, 20);
        assertThat(TradingCalendar.nextSession(friday)).isEqualTo(tuesday);
        assertThat(TradingCalendar.previousSession(tuesday)).isEqualTo(friday);
        assertThat(TradingCalendar.lastSessionOnOrBefore(friday)).isEqualTo(friday);
        assertThat(TradingCalendar.sessionsBetween(friday, tuesday)).isZero();
        assertThat(TradingCalendar.sessionsBetween(tuesday, friday)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2000, 252", "2001, 248", "2012, 250", "2018, 251", "2021, 252", "2024, 252", "2025, 250"})
    void yearsHaveAsManySessionsAsTheExchangeCounted(int year, int sessions) {
        LocalDate before = LocalDate.of(year - 1, 12, 31);
        assertThat(TradingCalendar.sessionsBetween(before, LocalDate.of(year + 1, 1, 1)))
                .isEqualTo(sessions);
    }

    @Property
    void theCountEqualsCountingOneByOne(@ForAll("dates") LocalDate a, @ForAll("dates") LocalDate b) {
        long counted = a.isBefore(b)
                ? Stream.iterate(a.plusDays(1), day -> day.isBefore(b), day -> day.plusDays(1))
                        .filter(TradingCalendar::isSession)
                        .count()
                : 0;
        assertThat(TradingCalendar.sessionsBetween(a, b)).isEqualTo((int) counted);
    }

    @Property
    void neighboursAreSessionsWithNoneBetween(@ForAll("dates") LocalDate date) {
        LocalDate previous = TradingCalendar.previousSession(date);
        LocalDate next = TradingCalendar.nextSession(date);
        assertThat(previous).isBefore(date);
        assertThat(next).isAfter(date);
        assertThat(TradingCalendar.isSession(previous) && TradingCalendar.isSession(next))
                .isTrue();
        assertThat(TradingCalendar.sessionsBetween(previous, next)).isEqualTo(TradingCalendar.isSession(date) ? 1 : 0);
        assertThat(next.getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    }

    @Provide
    Arbitrary<LocalDate> dates() {
        long first = LocalDate.of(1960, 1, 1).toEpochDay();
        long last = LocalDate.of(2040, 12, 31).toEpochDay();
        return Arbitraries.longs().between(first, last).map(LocalDate::ofEpochDay);
    }
}
