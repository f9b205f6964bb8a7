package io.alphakeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Psql and Python with a handful of rows, as far as they are there; what is not is told. */
class PeersPartTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Sizes TINY = new Sizes(2, 300, 1, 2, 200, 1, 200, 3, 3, 50, 5, 50);

    /** Each technique's rows are compared with ours by the part itself, which throws where they differ. */
    @Test
    void eachPeerIsMeasuredOrSaidToBeMissing() throws Exception {
        PostgresServer server = PostgresServer.get();
        Settings settings = Settings.of(Map.of(), new Properties(), Path.of("target"))
                .with(Setting.DATABASE_URL, server.url(DATABASE.name()))
                .with(Setting.DATABASE_USER, server.user())
                .with(Setting.DATABASE_PASSWORD, server.password());
        BenchOptions options = new BenchOptions(true, new Rounds(1, 1), TINY, Set.of(PartName.PEERS));
        Notes notes = new Notes(new PrintStream(PrintStream.nullOutputStream()), false);
        BenchReport report = new BenchRun(settings, options, notes).run();
        List<String> told = new ArrayList<>(report.skipped());
        report.comparisons().forEach(line -> told.add(line.before().technique()));
        for (String peer : List.of(
                "psql",
                "psycopg2 executemany",
                "psycopg2 execute_values",
                "asyncpg COPY",
                "asyncpg executemany",
                "pandas")) {
            assertThat(told).anyMatch(text -> text.startsWith(peer));
        }
        assertThat(report.comparisons()).allSatisfy(line -> {
            assertThat(line.before().median()).isPositive();
            assertThat(line.after().technique()).isEqualTo("alphakeep");
        });
    }
}
