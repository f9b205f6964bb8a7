package io.alphakeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {

    private static final String WEEKLY = "function=TIME_SERIES_WEEKLY&symbol=IBM";
    private static final String MONTHLY = "function=TIME_SERIES_MONTHLY_ADJUSTED&symbol=IBM";

    @ParameterizedTest
    @CsvSource({
        "2026-05-12T00:00:00Z, 2026-05-11, 2026-05-08, 2026-05-11, 2026-04-30", // a Monday
        "2026-05-13T00:00:00Z, 2026-05-12, 2026-05-08, 2026-05-12, 2026-04-30", // its Tuesday takes its place
        "2026-05-18T10:00:00Z, 2026-05-15, 2026-05-08, 2026-05-15, 2026-04-30", // until Monday has closed
        "2026-06-02T00:00:00Z, 2026-06-01, 2026-05-29, 2026-06-01, 2026-05-29",
        "2026-04-07T00:00:00Z, 2026-04-06, 2026-04-02, 2026-04-06, 2026-03-31" // Thursday before Good Friday
    })
    void theRunningPeriodCarriesTheNewestSession(
            String now, String week, String weekBefore, String month, String monthBefore) {
        try (Asking api = Asking.at(now)) {
            assertThat(dates(api.csv(WEEKLY))).startsWith(week, weekBefore);
            assertThat(dates(api.csv(MONTHLY))).startsWith(month, monthBefore);
        }
    }

    @Test
    void aWeekHoldsItsDays() {
        try (Asking api = Asking.at("2026-05-16T12:00:00Z")) {
            List<String> days = api.csv("function=TIME_SERIES_DAILY&symbol=IBM").subList(1, 6);
            String[] week = api.csv(WEEKLY).get(1).split(",");
            assertThat(week[1]).isEqualTo(days.get(4).split(",")[1]);
            assertThat(week[4]).isEqualTo(days.get(0).split(",")[4]);
            assertThat(Long.parseLong(week[5]))
                    .isEqualTo(days.stream()
                            .mapToLong(day -> Long.parseLong(day.split(",")[5]))
                            .sum());
            double high = days.stream()
                    .mapToDouble(day -> Double.parseDouble(day.split(",")[2]))
                    .max()
                    .orElseThrow();
            assertThat(Double.parseDouble(week[2])).isEqualTo(high);
        }
    }

    private static List<String> dates(List<String> lines) {
        return lines.stream().skip(1).map(line -> line.substring(0, 10)).toList();
    }
}
