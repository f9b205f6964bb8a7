package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Stamps and zones against java.time, which decides. */
class StampsProperties {

    private static final long FROM = LocalDateTime.of(1900, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long TO = LocalDateTime.of(2200, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);

    @Property
    void everyDateThatExistsAndNoOther(
            @ForAll @IntRange(max = 9_999) int year,
            @ForAll @IntRange(max = 14) int month,
            @ForAll @IntRange(max = 33) int day) {
        String text = "%04d-%02d-%02d".formatted(year, month, day);
        Long expected;
        try {
            expected = LocalDate.of(year, month, day).toEpochDay() * 86_400;
        } catch (DateTimeException e) {
            expected = null;
        }
        assertThat(local(text)).isEqualTo(expected);
    }

    @Property
    void everyTimeThatExistsAndNoOther(
            @ForAll @IntRange(max = 26) int hour,
            @ForAll @IntRange(max = 63) int minute,
            @ForAll @IntRange(max = 63) int second) {
        Long expected;
        try {
            expected = LocalDate.of(2024, 2, 29)
                    .atTime(LocalTime.of(hour, minute, second))
                    .toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            expected = null;
        }
        String text = "2024-02-29 %02d:%02d:%02d".formatted(hour, minute, second);
        assertThat(local(text)).isEqualTo(expected);
        assertThat(local(text.replace(' ', 'T'))).isEqualTo(expected);
        if (second == 0) {
            assertThat(local(text.substring(0, 16))).isEqualTo(expected);
        }
    }

    private static Long local(String text) {
        try {
            return Stamps.local(text);
        } catch (RowFault e) {
            return null;
        }
    }

    @Property
    void aZoneShiftsAsItsRulesSay(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
        for (String zone : new String[] {"America/New_York", "UTC", "GMT+8", "Pacific/Apia", "Asia/Beirut"}) {
            ZoneId id = ZoneId.of(zone);
            ZoneShift shift = new ZoneShift(id);
            // Descending minutes of some days, as bodies have them; one shift for all of them.
            long start = FROM + Math.floorMod(seed * 7_919, TO - FROM);
            for (long local = start; local > start - 4 * 86_400; local -= 1_740) {
                assertThat(shift.applyAsLong(local)).isEqualTo(byRules(local, id));
            }
        }
    }

    @Test
    void everyHalfHourOfAllYearsOfNewYork() {
        ZoneId zone = ZoneId.of("America/New_York");
        ZoneShift shift = new ZoneShift(zone);
        long from = LocalDateTime.of(1999, 12, 30, 0, 0).toEpochSecond(ZoneOffset.UTC);
        long[] wrong = LongStream.range(0, 30 * 366 * 48)
                .map(i -> from + i * 1_800)
                .filter(local -> shift.applyAsLong(local) != byRules(local, zone))
                .toArray();
        assertThat(Arrays.stream(wrong).mapToObj(s -> Stamps.text(s, true))).isEmpty();
    }

    private static long byRules(long local, ZoneId zone) {
        return LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC)
                .atZone(zone)
                .toEpochSecond();
    }
}
