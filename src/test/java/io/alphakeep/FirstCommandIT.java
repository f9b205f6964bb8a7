package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user does first: nothing is configured. */
@Tag("local-part")
class FirstCommandIT {

    private static final Pattern PSQL =
            Pattern.compile("psql postgres://postgres@(127\\.0\\.0\\.1:\\d+/alphakeep_demo)");

    @TempDir
    Path folder;

    @Test
    void fillsADemoWarehouseAndAskingAgainWritesNothing() throws SQLException {
        Packaged program = new Packaged(folder);

        Packaged.Finished first = program.run("ingest");
        assertThat(first.exitCode()).as(first.all()).isZero();
        assertThat(first.out())
                .contains("TIME_SERIES_DAILY", "TIME_SERIES_INTRADAY:5min", "OVERVIEW", "INCOME_STATEMENT")
                .contains("simulated market")
                .contains("ALPHAKEEP_API_KEY")
                .containsPattern(PSQL);
        assertThat(first.err()).isEmpty();

        // The server stays up while another command uses it; the statistics are then read from outside.
        Packaged.Running keeper = program.start("database");
        String url = "jdbc:postgresql://" + waitForPsql(keeper);
        try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
            List<String> before = written(connection);
            JsonNode refresh = ok(program.run("ingest", "--refresh", "--json"));
            assertThat(refresh.at("/requests/sent").asInt()).isEqualTo(50);
            assertThat(refresh.at("/rows/unchanged").asLong()).isPositive();
            for (String none : List.of("inserted", "changed", "removed", "rejected")) {
                assertThat(refresh.at("/rows/" + none).asLong()).as(none).isZero();
            }
            assertThat(written(connection)).isEqualTo(before);

            // What plan tells is what ingest does: nothing limits it here.
            for (String[] verb : new String[][] {{"plan"}, {"ingest", "--dry-run"}}) {
                String[] words = Stream.concat(
                                Stream.of(verb),
                                Stream.of(
                                        "--json --refresh --only AAPL --function TIME_SERIES_INTRADAY:5min".split(" ")))
                        .toArray(String[]::new);
                JsonNode plan = Json.read(program.run(words).out());
                assertThat(plan.at("/requests")).hasSize(1);
                assertThat(plan.at("/requests/0/size").asText()).as(words[0]).isEqualTo("full");
                assertThat(plan.at("/requests/0/reason").asText()).doesNotContain("plan");
            }

            JsonNode due = ok(program.run("ingest", "--json"));
            assertThat(due.at("/requests/planned").asInt()).isZero();
            assertThat(due.at("/simulated").asBoolean()).isTrue();
        } finally {
            keeper.process().destroy();
            keeper.await();
        }
    }

    private static JsonNode ok(Packaged.Finished finished) {
        assertThat(finished.exitCode()).as(finished.all()).isZero();
        JsonNode report = Json.read(finished.out());
        assertThat(report.at("/outcome").asText()).isEqualTo("done");
        return report;
    }

    /** Tuples ever written to, and dead in, each data table. */
    private static List<String> written(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_clear_snapshot()");
            try (ResultSet r = statement.executeQuery("""
                    SELECT relname, n_tup_ins, n_tup_upd, n_tup_del, n_dead_tup FROM pg_stat_user_tables
                    WHERE relname LIKE 'alpha_market_data%' OR relname = 'alpha_fundamental_data' ORDER BY 1""")) {
                while (r.next()) {
                    lines.add(r.getString(1) + " " + r.getLong(2) + " " + r.getLong(3) + " " + r.getLong(4) + " "
                            + r.getLong(5));
                }
            }
        }
        assertThat(lines).hasSizeGreaterThan(20);
        return lines;
    }

    private static String waitForPsql(Packaged.Running keeper) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end && keeper.process().isAlive()) {
            Matcher line = PSQL.matcher(keeper.out());
            if (line.find()) {
                return line.group(1);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no psql line: " + keeper.out());
    }
}
