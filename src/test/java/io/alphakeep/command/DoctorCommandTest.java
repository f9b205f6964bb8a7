package io.alphakeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.doctor.Check;
import io.alphakeep.advise.doctor.Level;
import io.alphakeep.budget.Usage;
import io.alphakeep.config.Settings;
import io.alphakeep.fetch.KeyFingerprint;
import io.alphakeep.run.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says of settings, key, allowance and answer, and the exit code that comes of it. */
class DoctorCommandTest {

    private static final Instant LATER = Instant.parse("2024-11-09T00:00:00Z");

    private static void is(Check check, Level level, String evidence, String fix) {
        assertThat(check.level()).as(check.toString()).isEqualTo(level);
        assertThat(check.evidence()).contains(evidence);
        assertThat(check.fix()).contains(fix);
        assertThat(check.fix().isEmpty()).isEqualTo(level == Level.OK);
    }

    /** @param variables of an API at a closed port, unless it is set */
    private static Check check(String id, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.putIfAbsent("ALPHAKEEP_API_URL", "http://127.0.0.1:1/query");
        return new SettingsChecks(Settings.of(all, new Properties(), Path.of("")))
                .all().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void limitsThatTheApiHasAndTheSettingsHaveNotAreToldOf() {
        String here = "http://www.alphavantage.co:1/query";
        is(
                check("configuration", Map.of("ALPHAKEEP_API_URL", here, "ALPHAKEEP_PLAN", "unlimited")),
                Level.WARN,
                "no limits, though every key",
                "ALPHAKEEP_PLAN");
        is(
                check("configuration", Map.of("ALPHAKEEP_API_URL", here, "ALPHAKEEP_PLAN", "premium-75")),
                Level.OK,
                "limits: 2 a second, 75 a minute",
                "");
        is(check("configuration", Map.of()), Level.OK, "database none, schema public; API http://127.0.0.1:1", "");
    }

    @Test
    void aKeyIsNeverShown() {
        is(check("key", Map.of()), Level.FAIL, "no key for the API is set", "ALPHAKEEP_API_KEY");
        is(
                check(
                        "key",
                        Map.of("ALPHAKEEP_API_KEY", "demo", "ALPHAKEEP_API_URL", "http://www.alphavantage.co:1/query")),
                Level.WARN,
                "the API's own examples",
                "ALPHAKEEP_API_KEY");
        is(check("key", Map.of("ALPHAKEEP_API_KEY", "demo")), Level.OK, "set, fingerprint", "");
        Check set = check("key", Map.of("ALPHAKEEP_API_KEY", "CANARY7KEY9"));
        is(set, Level.OK, KeyFingerprint.of("CANARY7KEY9"), "");
        assertThat(set.evidence()).doesNotContain("CANARY7KEY9");
    }

    private static Check allowance(OptionalInt left, Optional<Instant> paused, Optional<Instant> closed) {
        OptionalInt none = OptionalInt.empty();
        return SettingsChecks.allowance(new Usage(7, 25, none, none, left, LATER, paused, closed));
    }

    @Test
    void anAllowanceThatIsSpentOrPausedIsToldOf() {
        Optional<Instant> none = Optional.empty();
        is(allowance(OptionalInt.of(18), none, none), Level.OK, "7 used today, 18 left", "");
        is(allowance(OptionalInt.empty(), none, none), Level.OK, "no limit for the day", "");
        is(allowance(OptionalInt.of(0), none, none), Level.WARN, "7 used today, none left", "wait for the next day");
        is(
                allowance(OptionalInt.of(0), none, Optional.of(LATER)),
                Level.WARN,
                "the API called the day spent, until " + LATER,
                "wait");
        is(
                allowance(OptionalInt.of(18), Optional.of(LATER), none),
                Level.WARN,
                "nobody asks before " + LATER,
                "ALPHAKEEP_PLAN");
    }

    @ParameterizedTest
    @CsvSource({
        "data,OK,''",
        "empty,OK,''",
        "key,FAIL,ALPHAKEEP_API_KEY",
        "allowance,WARN,wait",
        "throttled,WARN,wait",
        "quota,WARN,wait",
        "premium,WARN,includes",
        "symbol,WARN,includes",
        "function,WARN,includes",
        "unknown,WARN,includes",
        "unreachable,FAIL,network",
        "html,FAIL,network"
    })
    void eachKindOfAnswerHasItsLevel(String kind, Level level, String fix) {
        is(spent(kind, true, false), level, "a quote of IBM: " + kind + ", words", fix);
    }

    private static Check spent(String kind, boolean reached, boolean simulated) {
        return SettingsChecks.spent(
                new Probe.Result(kind, "words", reached, simulated, Duration.ofMillis(5)), Optional.of(false));
    }

    @Test
    void anAnswerOfTheOtherKindIsAFault() {
        is(spent("data", true, true), Level.FAIL, "a stand-in answers, for a warehouse of real", "the same kind");
        is(spent("unreachable", false, true), Level.FAIL, "unreachable", "network");
    }

    @ParameterizedTest
    @CsvSource({
        "OK,warn,0",
        "OK,fail,0",
        "WARN,warn,3",
        "WARN,fail,0",
        "WARN,never,0",
        "FAIL,warn,3",
        "FAIL,fail,3",
        "FAIL,never,0",
        "SKIP,warn,0"
    })
    void theExitCodeIsOfTheWorst(Level level, String failOn, int code) {
        List<Check> checks = Stream.of(Level.OK, level, Level.SKIP)
                .map(l -> new Check("x", l, "", ""))
                .toList();
        assertThat(DoctorCommand.exitCode(checks, failOn)).isEqualTo(code);
    }
}
