package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import java.util.List;
import java.util.stream.Stream;

/** What is committed survives a crash. */
final class Durability implements Rule {

    /** Of the WAL writer, unless it is set. */
    private static final long DELAY_MILLIS = 200;

    private record Switch(String setting, Severity severity, String why) {}

    private static final List<Switch> SWITCHES = List.of(
            new Switch(
                    "fsync",
                    Severity.CRITICAL,
                    "after a crash of the machine the database may be damaged beyond repair, not only behind"),
            new Switch(
                    "full_page_writes",
                    Severity.CRITICAL,
                    "a page that was half written when the machine crashed can't be restored from the log"),
            new Switch(
                    "synchronous_commit",
                    Severity.WARN,
                    "a crash loses the newest commits, and the requests that they cost; alphakeep turns it off by itself"
                            + " where nothing hangs on it"));

    @Override
    public List<Finding> on(Observed observed) {
        return SWITCHES.stream()
                .filter(each -> observed.server().text(each.setting()).equals("off"))
                .flatMap(each -> off(observed, each))
                .toList();
    }

    private static Stream<Finding> off(Observed observed, Switch found) {
        String id = found.setting().replace('_', '-') + "-off";
        String source = observed.server().settings().get(found.setting()).source();
        return new Alter(observed)
                        .to(
                                "on",
                                found.setting(),
                                id,
                                found.severity(),
                                "off (" + source + "); " + atStake(observed, found),
                                found.why(),
                                "wal")
                        .stream();
    }

    /** The manual: of what is committed without waiting, a crash loses at most three times the delay of the WAL writer. */
    private static String atStake(Observed observed, Switch found) {
        return found.severity() == Severity.CRITICAL
                ? Sizes.rows(observed.tables()) + " hang on it"
                : "commits of up to "
                        + 3 * observed.server().number("wal_writer_delay").orElse(DELAY_MILLIS) + " ms hang on it";
    }
}
