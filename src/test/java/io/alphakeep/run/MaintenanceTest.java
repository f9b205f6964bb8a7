package io.alphakeep.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.MaintenanceLine;
import io.alphakeep.maintain.Part;
import io.alphakeep.maintain.StepResult;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final Brake brake = new Brake();
    private final List<MaintenanceLine> written = new ArrayList<>();
    private Optional<Instant> deadline = Optional.empty();
    private boolean guarded = true;

    private MaintainReport pass(Part<?>... parts) {
        return new Maintenance(
                        List.of(parts),
                        written::add,
                        new Maintenance.Bounds(deadline, Duration.ofSeconds(60), "keeper"),
                        brake,
                        () -> guarded,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .execute();
    }

    private static List<String> words(MaintainReport report) {
        return report.steps().stream()
                .map(line -> line.part() + " " + line.target() + " " + line.word())
                .toList();
    }

    private static DatabaseException refusal(String state) {
        return new DatabaseException(new SQLException("the server's words", state));
    }

    @Test
    void partsInTheirOrderAndEachPlannedAnew() {
        List<String> more = new ArrayList<>();
        FakePart first = new FakePart("partitions", t -> StepResult.done("x"), "a", "b");
        FakePart second = new FakePart(
                "ledger",
                t -> {
                    more.add(t);
                    return StepResult.done("");
                },
                "c");
        MaintainReport report = pass(first, second);
        assertThat(words(report)).containsExactly("partitions a done", "partitions b done", "ledger c done");
        assertThat(report.outcome()).isEqualTo(MaintainReport.Outcome.DONE);
        assertThat(report.exitCode()).isZero();
        assertThat(written).extracting(MaintenanceLine::target).containsExactly("a", "b", "c");
        assertThat(pass(first, second).steps()).isEmpty();
    }

    @Test
    void whatIsPostponedIsTriedOnceAndTheRestIsDone() {
        MaintainReport report = pass(new FakePart(
                "indexes", t -> t.equals("a") ? StepResult.postponed("held") : StepResult.done(""), "a", "b"));
        assertThat(words(report)).containsExactly("indexes a postponed", "indexes b done");
        assertThat(report.outcome()).isEqualTo(MaintainReport.Outcome.POSTPONED);
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void whatIsNothingIsToldButNotWrittenDown() {
        MaintainReport report = pass(new FakePart("indexes", t -> StepResult.nothing("first"), "a"));
        assertThat(words(report)).containsExactly("indexes a nothing");
        assertThat(report.outcome()).isEqualTo(MaintainReport.Outcome.DONE);
        assertThat(written).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "55P03, postponed, the server's words, postponed, 0, 2",
        "40P01, postponed, the server's words, postponed, 0, 2",
        "57014, postponed, took longer than maintain.step-timeout-seconds (60), postponed, 0, 2",
        "42501, failed, run maintain as the owner of the tables (role keeper), partial, 3, 2",
        "22012, failed, the server's words (SQLSTATE 22012), partial, 3, 2",
        "08006, failed, the server's words, failed, 69, 1",
        "57P01, failed, the server's words, failed, 69, 1",
        "53300, failed, the server's words, failed, 69, 1",
        "53100, failed, the disk of the server is full; copying a year takes about its size, partial, 3, 1",
        "53200, failed, out of memory, partial, 3, 1",
        "42P01, failed, the server's words, partial, 3, 2",
        "42703, failed, the server's words, partial, 3, 2",
        "42883, failed, the server's words, partial, 3, 2"
    })
    void whatARefusalMeans(String state, String word, String detail, String outcome, int exitCode, int steps) {
        MaintainReport report = pass(new FakePart(
                "archive",
                t -> {
                    if (t.equals("a")) {
                        throw refusal(state);
                    }
                    return StepResult.done("");
                },
                "a",
                "b"));
        assertThat(report.steps()).hasSize(steps);
        assertThat(report.steps().get(0).word()).isEqualTo(word);
        assertThat(report.steps().get(0).detail()).contains(detail);
        assertThat(report.outcome().word()).isEqualTo(outcome);
        assertThat(report.exitCode()).isEqualTo(exitCode);
        assertThat(written).hasSize(steps);
    }

    @Test
    void aBugInAStepFailsThatStepAlone() {
        MaintainReport report = pass(new FakePart(
                "archive",
                t -> {
                    if (t.equals("a")) {
                        throw new IllegalStateException("bug");
                    }
                    return StepResult.done("");
                },
                "a",
                "b"));
        assertThat(words(report)).containsExactly("archive a failed", "archive b done");
        assertThat(report.exitCode()).isEqualTo(3);
    }

    @Test
    void aFullDiskEndsItsPartAndTheOthersGoOn() {
        MaintainReport report = pass(
                new FakePart(
                        "archive",
                        t -> {
                            throw refusal("53100");
                        },
                        "a",
                        "b"),
                new FakePart("ledger", t -> StepResult.done(""), "c", "d"));
        assertThat(words(report)).containsExactly("archive a failed", "ledger c done", "ledger d done");
        assertThat(report.exitCode()).isEqualTo(3);
    }

    private static Part<FakePart.Thing> unplanned(Supplier<RuntimeException> trouble) {
        return new Part<>() {
            @Override
            public String name() {
                return "indexes";
            }

            @Override
            public List<FakePart.Thing> plan() {
                throw trouble.get();
            }

            @Override
            public StepResult run(FakePart.Thing step) {
                throw new AssertionError();
            }
        };
    }

    @Test
    void aPlanThatCanNotBeMadeLeavesTheOtherPartsTheirs() {
        FakePart ledger = new FakePart("ledger", t -> StepResult.done(""), "a", "b", "c", "d");
        assertThat(words(pass(unplanned(() -> refusal("55P03")), ledger)))
                .containsExactly(
                        "indexes indexes postponed",
                        "ledger a done",
                        "ledger b done",
                        "ledger c done",
                        "ledger d done");
        for (Supplier<RuntimeException> trouble : List.<Supplier<RuntimeException>>of(
                () -> refusal("42P01"), () -> refusal("53100"), () -> new IllegalStateException("bug"))) {
            MaintainReport report = pass(unplanned(trouble), new FakePart("ledger", t -> StepResult.done(""), "a"));
            assertThat(words(report)).containsExactly("indexes indexes failed", "ledger a done");
            assertThat(report.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void aStopEndsThePassAndWhatWasCancelledIsPostponed() {
        MaintainReport report = pass(
                new FakePart(
                        "archive",
                        t -> {
                            brake.stop();
                            throw refusal("57014");
                        },
                        "a",
                        "b"),
                new FakePart("ledger", t -> StepResult.done(""), "c"));
        assertThat(words(report)).containsExactly("archive a postponed");
        assertThat(report.steps().get(0).detail()).isEqualTo("stopped by a signal");
        assertThat(report.outcome()).isEqualTo(MaintainReport.Outcome.STOPPED);
        assertThat(report.exitCode()).isEqualTo(143);
    }

    @Test
    void afterTheTimeNoStepBeginsAndWithNothingLeftItIsDone() {
        deadline = Optional.of(NOW);
        MaintainReport report = pass(
                new FakePart("indexes", t -> StepResult.done("")),
                new FakePart("ledger", t -> StepResult.done(""), "a"));
        assertThat(report.steps()).isEmpty();
        assertThat(report.outcome()).isEqualTo(MaintainReport.Outcome.POSTPONED);
        assertThat(report.exitCode()).isZero();
        assertThat(report.message()).contains("time that was given is over", "ledger");
        assertThat(pass(new FakePart("ledger", t -> StepResult.done(""))).outcome())
                .isEqualTo(MaintainReport.Outcome.DONE);
    }

    @Test
    void aLostLockEndsThePassWithWhatWasDone() {
        MaintainReport report = pass(new FakePart(
                "ledger",
                t -> {
                    guarded = false;
                    return StepResult.done("");
                },
                "a",
                "b"));
        assertThat(words(report)).containsExactly("ledger a done");
        assertThat(report.exitCode()).isEqualTo(69);
    }

    @Test
    void aLineThatCanNotBeWrittenEndsThePass() {
        MaintainReport report = new Maintenance(
                        List.of(new FakePart("ledger", t -> StepResult.done(""), "a", "b")),
                        line -> {
                            throw refusal("08006");
                        },
                        new Maintenance.Bounds(deadline, Duration.ofSeconds(60), "keeper"),
                        brake,
                        () -> true,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .execute();
        assertThat(words(report)).containsExactly("ledger a done");
        assertThat(report.exitCode()).isEqualTo(69);
    }
}
