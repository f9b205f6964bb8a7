package io.alphakeep.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final OptionalInt NONE = OptionalInt.empty();
    private static final AllowanceDay STRICT = AllowanceDay.STRICT;

    @ParameterizedTest
    @CsvSource({
        "free,          1,    0, 25",
        "' FREE ',      1,    0, 25",
        "premium-75,    2,   75,  0",
        "premium-150,   3,  150,  0",
        "premium-300,   5,  300,  0",
        "premium-600,  10,  600,  0",
        "premium-1200, 20, 1200,  0",
        "unlimited,     0,    0,  0"
    })
    void plansAreWhatTheProviderSells(String plan, int second, int minute, int day) {
        assertThat(Limits.of(plan, NONE, NONE, NONE, STRICT, false)).isEqualTo(new Limits(second, minute, day));
    }

    @Test
    void withoutAPlanThePublicEndpointIsFreeAndAnyOtherUnlimited() {
        assertThat(Limits.of("", NONE, NONE, NONE, STRICT, true)).isEqualTo(new Limits(1, 0, 25));
        assertThat(Limits.of(null, NONE, NONE, NONE, STRICT, false)).isEqualTo(new Limits(0, 0, 0));
    }

    @Test
    void eachPartIsOverriddenByItself() {
        assertThat(Limits.of("free", OptionalInt.of(0), NONE, NONE, STRICT, true))
                .isEqualTo(new Limits(0, 0, 25));
        assertThat(Limits.of("free", NONE, OptionalInt.of(5), NONE, STRICT, true))
                .isEqualTo(new Limits(1, 5, 25));
        assertThat(Limits.of("premium-75", NONE, NONE, OptionalInt.of(500), STRICT, true))
                .isEqualTo(new Limits(2, 75, 500));
    }

    @Test
    void aBadPlanIsNamedAndThePlansAreListed() {
        assertThatThrownBy(() -> Limits.of("premium-80", NONE, NONE, NONE, STRICT, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("premium-80")
                .hasMessageContaining("free, premium-75")
                .hasMessageContaining("unlimited");
        assertThatThrownBy(() -> Limits.of("free", OptionalInt.of(-1), NONE, NONE, STRICT, true))
                .hasMessageContaining("-1");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1",
        "5, 300, 1",
        "0, 300, 1",
        "10, 600, 2",
        "20, 1200, 4",
        "0, 1200, 4",
        "0, 0, 32",
        "999, 9999, 32"
    })
    void aReservationIsOfOnePermitUpToThreeHundredAMinute(int second, int minute, int most) {
        assertThat(new Limits(second, minute, 0).mostPermits()).isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UTC", "24:00", "5:30", "12:60", "local"})
    void aDayThatIsNoneIsNamed(String text) {
        assertThatThrownBy(() -> AllowanceDay.of(text)).hasMessageContaining("'" + text + "'");
    }
}
