package io.alphakeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final String QUOTE = "function=GLOBAL_QUOTE&symbol=IBM";

    private final SettableClock clock = new SettableClock("2026-05-16T12:00:00Z");

    @Test
    void aSecondOfAFreeKey() {
        try (Asking api = limited(1, 0, 0)) {
            assertThat(api.body(QUOTE)).contains("Global Quote");
            assertThat(api.body(QUOTE)).contains("more sparingly (1 request per second)");
            clock.advance(Duration.ofMillis(999));
            assertThat(api.body(QUOTE)).contains("more sparingly (1 request per second)");
            clock.advance(Duration.ofMillis(1));
            assertThat(api.body(QUOTE)).as("a refused request spends nothing").contains("Global Quote");
        }
    }

    @Test
    void aSecondOfAPaidKeySlides() {
        try (Asking api = limited(3, 0, 0)) {
            assertThat(api.body(QUOTE)).contains("Global Quote");
            clock.advance(Duration.ofMillis(600));
            assertThat(api.body(QUOTE)).contains("Global Quote");
            assertThat(api.body(QUOTE)).contains("Global Quote");
            assertThat(api.body(QUOTE))
                    .contains("Burst pattern detected")
                    .contains("no more than 3 requests per second");
            clock.advance(Duration.ofMillis(400));
            assertThat(api.body(QUOTE)).contains("Global Quote");
            assertThat(api.body(QUOTE)).contains("Burst pattern detected");
        }
    }

    @Test
    void aMinuteSlides() {
        try (Asking api = limited(0, 2, 0)) {
            api.body(QUOTE);
            clock.advance(Duration.ofSeconds(30));
            api.body(QUOTE);
            assertThat(api.body(QUOTE)).contains("Minute-level rate limit exceed.");
            clock.advance(Duration.ofSeconds(30));
            assertThat(api.body(QUOTE)).contains("Global Quote");
            assertThat(api.body(QUOTE)).contains("Minute-level rate limit exceed.");
        }
    }

    @Test
    void aDayEndsAtMidnightOfUtcAndEchoesTheKey() throws IOException {
        try (Asking api = limited(0, 0, 2)) {
            api.body(QUOTE);
            api.body(QUOTE);
            assertThat(api.body(QUOTE))
                    .contains("your API key as TESTKEY and our standard API rate limit is 2 requests per day.");
            assertThat(api.askRaw(QUOTE + "&apikey=OTHER").body())
                    .as("each key for itself")
                    .contains("Global Quote");
            clock.set("2026-05-16T23:59:59.999Z");
            assertThat(api.body(QUOTE)).contains("2 requests per day");
            clock.set("2026-05-17T00:00:00Z");
            assertThat(api.body(QUOTE)).contains("Global Quote");
            assertThat(api.standIn().requests()).isEqualTo(6);
        }
    }

    private Asking limited(int perSecond, int perMinute, int perDay) {
        return new Asking(StandInOptions.defaults().withClock(clock).withLimits(perSecond, perMinute, perDay));
    }
}
