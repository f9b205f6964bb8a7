package io.alphakeep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @TempDir
    Path folder;

    @AfterEach
    void nothingHandedOver() {
        SettingsSource.handOver(Settings.defaults(), null, 1, true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "0 20 * * * ?, UTC, 2024-11-08T21:20:00Z, 2024-11-08T21:20:00Z",
        "0 20 * * * ?, UTC, 2024-11-08T21:20:00.999Z, 2024-11-08T21:20:00Z",
        "0 20 * * * ?, UTC, 2024-11-08T21:19:59.999Z, 2024-11-08T20:20:00Z",
        "20 * * * *, UTC, 2024-11-08T21:21:00Z, 2024-11-08T21:20:00Z",
        "0 0 18 ? * MON-FRI, America/New_York, 2024-11-10T00:00:00Z, 2024-11-08T23:00:00Z",
        "* * * * * ?, UTC, 2024-11-08T21:20:07.5Z, 2024-11-08T21:20:07Z"
    })
    void theLastTimeIsNotAfterNow(String cron, String zone, Instant now, Instant last) {
        assertThat(Schedule.of(cron, zone).orElseThrow().last(now)).hasValue(last);
    }

    @ParameterizedTest
    @CsvSource({
        "0 20 * * * ?, 2024-11-08T21:20:00Z, PT1H",
        "0 0 18 ? * MON-FRI, 2024-11-08T17:00:00Z, PT24H",
        "0 0 18 ? * MON-FRI, 2024-11-08T18:00:00Z, PT72H",
        "0 0 18 ? * MON-FRI, 2024-11-09T17:00:00Z, PT72H",
        "0 0 18 ? * MON-FRI, 2024-11-11T18:00:00Z, PT72H",
        "0 0 18 ? * MON-FRI, 2024-11-12T17:59:59Z, PT72H",
        "0 0 18 ? * MON-FRI, 2024-11-12T18:00:00Z, PT24H",
        "0 0 0 1 * ?, 2024-03-01T00:00:00Z, PT744H",
        "0 0 0 1 1 ? 2024-2025, 2024-03-01T00:00:00Z, PT8784H"
    })
    void theIntervalIsTheLongerOfTheRestsBesideTheLastTime(String cron, Instant now, Duration interval) {
        assertThat(Schedule.of(cron, "UTC").orElseThrow().interval(now)).hasValue(interval);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hourly", "0 61 * * * ?", "* * *", "0 0 0 1 1 1", "", "61 * * * *"})
    void whatIsNoExpressionIsNamed(String cron) {
        assertThatThrownBy(() -> Schedule.of(cron, "UTC")).hasMessageStartingWith("it is no cron expression: ");
        if (!cron.isEmpty()) {
            Settings settings = Settings.of(Map.of("ALPHAKEEP_MAINTAIN_CRON", cron), new Properties(), folder);
            assertThatThrownBy(() -> SettingsSource.handOver(settings, null, 1, false, true))
                    .isInstanceOfSatisfying(Failure.class, f -> {
                        assertThat(f.kind().exitCode()).isEqualTo(78);
                        assertThat(f.line()).contains("ALPHAKEEP_MAINTAIN_CRON is '" + cron + "'");
                    });
        }
    }

    @Test
    void onlyWhatMakesTablesStartsFlyway() {
        ConfigSource source = new SettingsSource();
        SettingsSource.handOver(Settings.defaults(), null, 1, false, false);
        assertThat(source.getValue("quarkus.flyway.active")).isEqualTo("false");
        SettingsSource.handOver(Settings.defaults(), null, 1, true, false);
        assertThat(source.getValue("quarkus.flyway.active")).isEqualTo("true");
    }

    @Test
    void onlyWhatServesListensAndKeepsASchedule() {
        ConfigSource source = new SettingsSource();
        Settings settings = Settings.of(
                Map.of("PORT", "8123", "ALPHAKEEP_INGEST_CRON", "20 * * * *", "ALPHAKEEP_MAINTAIN_CRON", "off"),
                new Properties(),
                folder);
        SettingsSource.handOver(settings, null, 1, false, false);
        assertThat(source.getValue("quarkus.http.host-enabled")).isEqualTo("false");
        assertThat(source.getValue("quarkus.scheduler.enabled")).isEqualTo("false");
        SettingsSource.handOver(settings, null, 1, false, true);
        assertThat(source.getValue("quarkus.http.host-enabled")).isEqualTo("true");
        assertThat(source.getValue("quarkus.scheduler.enabled")).isEqualTo("true");
        assertThat(source.getValue("quarkus.http.port")).isEqualTo("8123");
        assertThat(source.getValue("alphakeep.ingest.cron")).startsWith("0 20 * ");
        assertThat(source.getValue("alphakeep.maintain.cron")).isEqualTo("off");
        Settings own = settings.with(Setting.HTTP_PORT, "9000");
        assertThat(own.httpPort()).isEqualTo("9000");
        assertThatThrownBy(() -> Settings.of(Map.of("PORT", "tcp://x"), new Properties(), folder)
                        .httpPort())
                .hasMessageContaining("PORT is 'tcp://x'");
    }
}
