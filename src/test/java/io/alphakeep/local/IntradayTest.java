package io.alphakeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntradayTest {

    private static final String MINUTES = "function=TIME_SERIES_INTRADAY&adjusted=false&symbol=IBM&interval=";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 15, 30, 60})
    void barsCarryTheirStartWithinExtendedHours(int minutes) {
        try (Asking api = Asking.at("2026-05-16T12:00:00Z")) {
            List<LocalDateTime> stamps = stamps(api.csv(MINUTES + minutes + "min&outputsize=full"));
            assertThat(stamps).isSortedAccordingTo((a, b) -> b.compareTo(a)).doesNotHaveDuplicates();
            assertThat(stamps).allMatch(at -> at.getMinute() % minutes == 0 && at.getHour() >= 4 && at.getHour() < 20);
            assertThat(stamps.get(0).toLocalDate()).isEqualTo(LocalDate.of(2026, 5, 15));
            LocalDate oldest = stamps.get(stamps.size() - 1).toLocalDate();
            assertThat(oldest).as("trailing 30 days").isEqualTo(LocalDate.of(2026, 4, 16));
            assertThat(stamps.size()).isBetween(22 * 390 / minutes, 22 * 960 / minutes);
        }
    }

    @Test
    void compactIsTheHundredNewest() {
        try (Asking api = Asking.at("2026-05-16T12:00:00Z")) {
            List<String> full = api.csv(MINUTES + "5min&outputsize=full");
            assertThat(api.csv(MINUTES + "5min")).hasSize(101).isEqualTo(full.subList(0, 101));
        }
    }

    @Test
    void aMonthIsThatMonth() {
        try (Asking api = Asking.at("2026-05-16T12:00:00Z")) {
            List<LocalDateTime> march = stamps(api.csv(MINUTES + "1min&outputsize=full&month=2026-03"));
            assertThat(march).hasSizeGreaterThan(13_000);
            assertThat(march.get(0).toLocalDate()).isEqualTo(LocalDate.of(2026, 3, 31));
            assertThat(march.get(march.size() - 1).toLocalDate()).isEqualTo(LocalDate.of(2026, 3, 2));
            assertThat(stamps(api.csv(MINUTES + "60min&outputsize=full&month=2026-05"))
                            .get(0)
                            .toLocalDate())
                    .isEqualTo(LocalDate.of(2026, 5, 15));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5min&month=1999-12", "5min&month=2026-06", "5min&month=may", "5min&month=2026-13", "2min", ""})
    void whatThereIsNotIsAnInvalidCall(String rest) {
        try (Asking api = Asking.at("2026-05-16T12:00:00Z")) {
            assertThat(api.body(MINUTES + rest)).contains("Invalid API call.").contains("for TIME_SERIES_INTRADAY.");
        }
    }

    @Test
    void aMonthBeforeTheListingIsAnInvalidCall() {
        Listing young = List.of("ABC", "CDE", "FGH", "IJK", "LMN", "OPQ", "RST", "UVW").stream()
                .flatMap(ticker -> Listing.of(ticker).stream())
                .filter(listing -> listing.listed().getYear() > 2001)
                .findFirst()
                .orElseThrow();
        String query = "function=TIME_SERIES_INTRADAY&interval=60min&symbol=" + young.ticker() + "&month=";
        try (Asking api = Asking.at("2026-05-16T12:00:00Z")) {
            assertThat(api.body(query + young.listed().minusMonths(1).toString().substring(0, 7)))
                    .contains("Invalid API call.");
            assertThat(api.body(query + young.listed().toString().substring(0, 7)))
                    .contains("Time Series (60min)");
        }
    }

    @Test
    void clocksChangeAndSessionsDoNot() {
        // New York put its clocks forward on Sunday 2026-03-08.
        try (Asking api = Asking.at("2026-05-16T12:00:00Z")) {
            List<LocalDateTime> march = stamps(api.csv(MINUTES + "60min&outputsize=full&month=2026-03"));
            for (String day : List.of("2026-03-06", "2026-03-09")) {
                assertThat(march.stream().filter(on(day)).map(LocalDateTime::getHour))
                        .containsExactly(19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-07T00:59:59Z, 2026-03-05", // winter: trading goes on until 01:00 UTC
        "2026-03-07T01:00:00Z, 2026-03-06",
        "2026-03-09T23:59:59Z, 2026-03-06", // summer: until 00:00 UTC
        "2026-03-10T00:00:00Z, 2026-03-09"
    })
    void noBarLiesInTheFuture(String now, LocalDate newest) {
        try (Asking api = Asking.at(now)) {
            assertThat(stamps(api.csv(MINUTES + "60min")).get(0).toLocalDate()).isEqualTo(newest);
        }
    }

    @Test
    void aShortDayIsShort() {
        try (Asking api = Asking.at("2025-12-05T12:00:00Z")) {
            List<String> regular = api.csv(MINUTES + "30min&outputsize=full&extended_hours=false");
            List<LocalDateTime> stamps = stamps(regular);
            assertThat(stamps.stream().filter(on("2025-11-28"))).hasSize(7);
            assertThat(stamps.stream().filter(on("2025-11-26"))).hasSize(13);
        }
    }

    @Test
    void theRegularHoursAgreeWithTheDay() {
        try (Asking api = Asking.at("2026-05-16T12:00:00Z")) {
            List<String> days = api.csv("function=TIME_SERIES_DAILY&symbol=IBM");
            List<String> bars = api.csv(MINUTES + "1min&outputsize=full&extended_hours=false");
            for (String line : days.subList(1, 21)) {
                String[] day = line.split(",");
                List<String[]> minutes = bars.stream()
                        .filter(bar -> bar.startsWith(day[0]))
                        .map(bar -> bar.split(","))
                        .toList();
                assertThat(minutes)
                        .as(line)
                        .hasSizeGreaterThan(380)
                        .allMatch(minute -> number(minute[2]) <= number(day[2]) && number(minute[3]) >= number(day[3]));
                // A first or last minute without a trade has no bar.
                if (minutes.get(minutes.size() - 1)[0].endsWith("09:30:00")) {
                    assertThat(minutes.get(minutes.size() - 1)[1]).isEqualTo(day[1]);
                }
                if (minutes.get(0)[0].endsWith("15:59:00")) {
                    assertThat(minutes.get(0)[4]).isEqualTo(day[4]);
                }
            }
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static Predicate<LocalDateTime> on(String date) {
        return at -> at.toLocalDate().toString().equals(date);
    }

    private static List<LocalDateTime> stamps(List<String> lines) {
        return lines.stream()
                .skip(1)
                .map(line -> LocalDateTime.parse(line.substring(0, 19), STAMP))
                .toList();
    }
}
