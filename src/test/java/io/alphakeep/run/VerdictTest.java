package io.alphakeep.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.config.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final RunControl.End ALLOWANCE = new RunControl.End.Allowance("spent");

    @Test
    void theAllowanceIsNoFailureOnceSomethingWasAnswered() {
        assertThat(Verdict.of(Optional.of(ALLOWANCE), 1, true)).isEqualTo(new Verdict(Outcome.POSTPONED, 0));
        assertThat(Verdict.of(Optional.of(new RunControl.End.Timeout()), 1, true))
                .isEqualTo(new Verdict(Outcome.POSTPONED, 0));
    }

    @Test
    void theAllowanceSpentBeforeTheFirstAnswerIsNothingNow() {
        assertThat(Verdict.of(Optional.of(ALLOWANCE), 0, true)).isEqualTo(new Verdict(Outcome.POSTPONED, 75));
    }

    @Test
    void oneFailureMakesItPartialWhateverEndedIt() {
        assertThat(Verdict.of(Optional.of(ALLOWANCE), 5, false)).isEqualTo(new Verdict(Outcome.PARTIAL, 3));
        assertThat(Verdict.of(Optional.empty(), 5, false)).isEqualTo(new Verdict(Outcome.PARTIAL, 3));
    }

    @Test
    void aFatalEndAndASignalWin() {
        Problem problem = new Problem("", "key", "refused", "");
        assertThat(Verdict.of(Optional.of(new RunControl.End.Fatal(Failure.Kind.CONFIGURATION, problem)), 5, false))
                .isEqualTo(new Verdict(Outcome.FAILED, 78));
        assertThat(Verdict.of(Optional.of(new RunControl.End.Stop()), 5, false))
                .isEqualTo(new Verdict(Outcome.STOPPED, 143));
    }

    @Test
    void nothingLeftIsDone() {
        assertThat(Verdict.of(Optional.empty(), 0, true)).isEqualTo(new Verdict(Outcome.DONE, 0));
    }
}
