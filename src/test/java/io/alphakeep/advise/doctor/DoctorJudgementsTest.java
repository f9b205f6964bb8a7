package io.alphakeep.advise.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From where on something is worth a warning, and from where on it does not work. */
class DoctorJudgementsTest {

    private static void is(Check check, Level level) {
        assertThat(check.level()).as(check.toString()).isEqualTo(level);
        assertThat(check.fix().isEmpty()).as(check.toString()).isEqualTo(level == Level.OK);
    }

    @ParameterizedTest
    @CsvSource({"14,FAIL", "15,OK", "18,OK", "19,WARN"})
    void versions(int major, Level level) {
        is(Version.judge("database", major, "x"), level);
    }

    @ParameterizedTest
    @CsvSource({"1999,OK", "-1999,OK", "2001,WARN", "-2001,WARN", "60000,WARN", "60001,FAIL", "-60001,FAIL"})
    void skews(long millis, Level level) {
        is(ClockSkew.judge("clock", Duration.ofMillis(millis), Duration.ZERO), level);
    }

    /** From there on a permit comes back too old to be used, but for what the server takes. */
    @ParameterizedTest
    @CsvSource({"90,OK", "91,WARN", "190,WARN", "191,FAIL"})
    void waysToTheDatabase(long millis, Level level) {
        is(ClockSkew.judge("clock", Duration.ZERO, Duration.ofMillis(millis)), level);
    }

    @ParameterizedTest
    @CsvSource({"0,0,3,WARN", "5,0,3,FAIL", "5,1,3,WARN", "5,1,1,OK", "5,2,3,OK"})
    void monthsAhead(int partitions, int ahead, int kept, Level level) {
        is(PartitionsAhead.judge("partitions", partitions, ahead, kept), level);
    }

    @ParameterizedTest
    @CsvSource({"6,6,OK", "5,6,WARN", "0,1,WARN", "-2,6,WARN"})
    void connections(int free, int needed, Level level) {
        Check check = Connections.judge("connections", 97, 3, free, needed);
        is(check, level);
        assertThat(check.evidence()).contains("room for " + Math.max(0, free) + " by");
    }

    @ParameterizedTest
    @CsvSource({"1000,OK", "100,OK", "99,WARN", "20,WARN", "19,FAIL", "0,FAIL"})
    void roomOnTheDisk(long free, Level level) {
        is(Disk.judge("disk", "x", Path.of("/data"), free, 1000), level);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "true,true,OK,simulated data; and so is the API",
                "false,false,OK,real data; and so is the API",
                "true,false,FAIL,simulated data; the API is the real one",
                "false,true,FAIL,real data; the API is a stand-in",
                "true,none,OK,simulated data; only an answer tells (--spend)",
                "false,none,OK,real data; only an answer tells (--spend)"
            })
    void marks(boolean demo, Boolean simulatedApi, Level level, String seen) {
        Check check = Mark.of(demo, Optional.ofNullable(simulatedApi), "mark");
        is(check, level);
        assertThat(check.evidence()).contains(seen.split("; "));
    }
}
