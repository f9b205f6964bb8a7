package io.alphakeep.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.config.Failure;
import io.alphakeep.fetch.ApiOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
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

    @Test
    void whyTheRunEndedIsToldFirstHoweverMuchWentWrongBefore() {
        Tally tally = new Tally();
        for (int i = 0; i <= RunReport.MOST_PROBLEMS; i++) {
            tally.problem(new Problem("S" + i, "timeout", "late", ""));
        }
        RunControl control = new RunControl(Clock.systemUTC(), Optional.empty());
        Problem refused = Endings.keyRefused("no");
        control.end(new RunControl.End.Fatal(Failure.Kind.CONFIGURATION, refused));
        ApiAccess access = new ApiAccess(
                ApiOptions.of(URI.create("http://127.0.0.1/query"), "k"), "key", RunKit.limits(OptionalInt.empty()));

        RunReport report =
                new Under(1, Instant.EPOCH, false, access, control, tally).report(Clock.systemUTC(), Optional.empty());

        assertThat(report.problems()).hasSize(RunReport.MOST_PROBLEMS).startsWith(refused);
        assertThat(report.problems().get(1).series()).isEqualTo("S0");
        assertThat(report.moreProblems()).isEqualTo(2);
    }
}
