package io.alphakeep.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.budget.AllowanceDay;
import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Limits;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Schema;
import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.ledger.NewRun;
import io.alphakeep.ledger.Openings;
import io.alphakeep.ledger.RequestCounts;
import io.alphakeep.ledger.RowCounts;
import io.alphakeep.ledger.Runs;
import io.alphakeep.ledger.Status;
import io.alphakeep.ledger.WatchList;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.testkit.Roles;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The writer of deploy/roles can do all that runs do, needs each right that it has, and can do no more. On one server only: rights
 * are the same on all versions, and taking each back takes time.
 */
class WriterRoleTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String DENIED = "permission denied";
    private static final Limits FEW = Limits.of(
            "unlimited", OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(9), AllowanceDay.STRICT, false);

    private static Roles roles;
    private static int lives;

    @BeforeAll
    static void makeRoles() {
        roles = Roles.in(DATABASE);
    }

    @AfterAll
    static void dropRoles() {
        roles.close();
    }

    /** All that runs and their neighbours do, once: what is new is written, stored again, and taken back where that is done. */
    private static Map<String, Callable<String>> life() {
        int n = ++lives;
        var writer = roles.transactions("writer");
        RunKit kit = new RunKit(writer);
        LocalDate friday = LocalDate.of(2024, 11, 8).plusWeeks(5L * n);
        Instant tick = friday.atTime(22, 0).toInstant(ZoneOffset.UTC);
        kit.now = tick;
        Series weekly = Series.of("W" + n, "TIME_SERIES_WEEKLY");
        Series overview = Series.of("W" + n, "OVERVIEW");
        Runs runs = new Runs(writer);
        NewRun line = new NewRun(tick, "command", "host", 1, "test");

        Map<String, Callable<String>> steps = new LinkedHashMap<>();
        steps.put("a session is begun", () -> {
            roles.source("writer").getConnection().close();
            return "";
        });
        steps.put("the watchlist is kept", () -> {
            WatchList list = new WatchList(writer);
            list.add(List.of(new WatchEntry(weekly, Optional.empty(), 0, Optional.empty())));
            return list.list() + " " + list.remove(List.of(weekly));
        });
        steps.put("a time of the schedule is begun", () -> String.valueOf(new Openings(writer).scheduled(line, tick)));
        steps.put("the allowance is reserved and told", () -> {
            Budget budget = new Budget(writer);
            return budget.reserve("key-" + n, FEW) + " " + budget.usage("key-" + n, FEW);
        });
        steps.put("a run begins and ends", () -> {
            long run = runs.open(line);
            runs.alive(run, Duration.ofSeconds(1));
            runs.close(run, tick, "done", RequestCounts.NONE, RowCounts.NONE, "{}");
            return "";
        });
        steps.put(
                "bars are new",
                () -> told(kit.run(
                        Script.of(Bodies.bars("W" + n, friday.minusDays(2).toString(), (1950 + n) + "-01-06")),
                        RunKit.full(weekly))));
        steps.put("bars are stored again, and a running one moves", () -> {
            kit.now = tick.plusSeconds(600);
            return told(kit.run(Script.of(Bodies.bars("W" + n, friday.toString())), RunKit.full(weekly)));
        });
        steps.put("a bar changes", () -> {
            kit.now = tick.plusSeconds(900);
            return told(kit.run(Script.of(bar(n, friday, "12.0")), RunKit.full(weekly)));
        });
        steps.put("a bar is rejected", () -> {
            kit.now = tick.plusSeconds(1200);
            return told(kit.run(Script.of(bar(n, friday, "no number")), RunKit.full(weekly)));
        });
        steps.put("a document is new, and changes", () -> {
            String first = told(kit.run(
                    Script.of(Bodies.data("{\"Symbol\": \"W" + n + "\", \"MarketCapitalization\": \"5\"}")),
                    RunKit.full(overview)));
            kit.now = tick.plusSeconds(1800);
            return first
                    + told(kit.run(
                            Script.of(Bodies.data("{\"Symbol\": \"W" + n + "\", \"MarketCapitalization\": \"6\"}")),
                            RunKit.full(overview)));
        });
        steps.put("the state of things is told", () -> String.valueOf(new Status(writer).read(1)));
        steps.put("a symbol is unknown", () -> {
            kit.now = tick.plusSeconds(2400);
            return told(kit.run(Script.of(new FetchOutcome.SymbolRefused("Invalid API call")), RunKit.full(overview)));
        });
        steps.put("the partitions that were made are written down", () -> {
            String month = friday.toString().substring(0, 7).replace('-', '_');
            List<List<String>> made =
                    DATABASE.query("SELECT target FROM market.alpha_maintenance WHERE outcome = 'done'"
                            + " AND target IN ('alpha_market_data_" + month + "', 'alpha_market_data_" + (1950 + n)
                            + "')");
            return made.size() == 2 ? "" : DENIED + ": only " + made;
        });
        // Last, because it takes long.
        steps.put("the schema is looked at", () -> {
            Schema schema = new Schema(TestDatabase.flyway(roles.source("writer"), Roles.SCHEMA), writer);
            schema.requireCurrent();
            return "demo: " + schema.isDemo();
        });
        return steps;
    }

    private static FetchOutcome.Data bar(int n, LocalDate day, String open) {
        return Bodies.data("{\"Meta Data\": {\"2. Symbol\": \"W" + n + "\"}, \"Time Series\": {\"" + day
                + "\": {\"1. open\": \"" + open + "\", \"4. close\": \"11.0\"}}}");
    }

    /** A refusal of the database is a problem of its own kind, whose text may be cut before its reason. */
    private static String told(RunKit.Finished finished) {
        return finished.problems().stream()
                .map(problem -> (problem.kind().equals("database") ? DENIED + ": " : "") + problem.message())
                .collect(Collectors.joining("; "));
    }

    /** The first step that is refused, or nothing. */
    private static Optional<String> refused() {
        for (Map.Entry<String, Callable<String>> step : life().entrySet()) {
            String said;
            try {
                said = step.getValue().call();
            } catch (DatabaseException | Failure | SQLException e) {
                said = e.getMessage();
            } catch (Exception e) {
                throw new IllegalStateException(step.getKey(), e);
            }
            if (said.contains(DENIED)) {
                return Optional.of(step.getKey() + ": " + said);
            }
        }
        return Optional.empty();
    }

    @Test
    void itCanDoAllThatRunsDoAndNeedsEachOfItsRights() {
        assertThat(refused()).isEmpty();
        assertThat(DATABASE.query("SELECT \"timestamp\"::date::text FROM market.alpha_market_data WHERE ticker = 'W"
                        + lives + "' ORDER BY 1"))
                .as("an old bar, and the running one at its new date")
                .hasSize(2);
        assertThat(DATABASE.value("SELECT count(*) FROM market.alpha_reject WHERE ticker = 'W" + lives + "'"))
                .isEqualTo("1");
        assertThat(DATABASE.value(
                        "SELECT market_cap FROM market.alpha_fundamental_data WHERE ticker = 'W" + lives + "'"))
                .isEqualTo("6");

        List<List<String>> rights = roles.rights("writer");
        assertThat(rights).hasSizeGreaterThan(30);
        List<String> spare = new ArrayList<>();
        for (List<String> right : rights) {
            DATABASE.execute(right.get(1));
            if (refused().isEmpty()) {
                spare.add(right.get(0));
            }
            DATABASE.execute(right.get(2));
        }
        assertThat(spare).as("rights that nothing needs").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE alpha_watch",
                "TRUNCATE alpha_request",
                "DELETE FROM alpha_run",
                "DELETE FROM alpha_request",
                "UPDATE alpha_request SET message = ''",
                "UPDATE alpha_policy SET value = '12'",
                "INSERT INTO alpha_policy VALUES ('retention.after-months', '12', now())",
                "DELETE FROM alpha_fundamental_data",
                "SELECT * FROM alpha_archive",
                "SELECT * FROM public.alpha_run",
                "CREATE TABLE market.mine ()",
                "CREATE TABLE public.mine ()",
                "CREATE TEMPORARY TABLE mine ()",
                "CREATE SCHEMA mine",
                "ALTER TABLE alpha_market_data ADD COLUMN mine int",
                "CREATE INDEX ON alpha_market_data (volume)",
                "CREATE TRIGGER mine BEFORE INSERT ON alpha_run EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "SELECT alpha_create_partition('alpha_market_data', 'x', '2024-01-01', '2024-02-01')",
                "SELECT create_monthly_partition('alpha_run', '2024-01-01')",
                "SELECT create_monthly_partition('alpha_market_data', '1899-12-31')",
                "SELECT create_monthly_partition('alpha_market_data', '9999-01-01')",
                "SELECT create_monthly_partition('alpha_market_data', (now() + interval '37 months')::date)",
                "SELECT create_yearly_partition('alpha_market_data', 'infinity')",
                "SELECT rolpassword FROM pg_authid",
                "SELECT pg_read_file('postgresql.conf')",
                "COPY alpha_run TO PROGRAM 'true'",
                "CREATE ROLE mine"
            })
    void itCanDoNoMore(String statement) throws Exception {
        try (Connection connection = roles.source("writer").getConnection();
                Statement writer = connection.createStatement()) {
            writer.execute("SET search_path = market");
            assertThatThrownBy(() -> writer.execute(statement))
                    .hasMessageMatching(
                            "(?s).*(permission denied|must be owner|is not a partitioned table of|must begin in 1900 or later).*");
        }
    }

    @Test
    void theReaderReadsTheDataAndNothingElse() throws Exception {
        try (Connection connection = roles.source("reader").getConnection();
                Statement reader = connection.createStatement()) {
            reader.execute("SET search_path = market");
            for (String table :
                    List.of("alpha_market_data", "alpha_fundamental_data", "alpha_latest_bar", "alpha_daily_bar")) {
                assertThatCode(() -> reader.execute("SELECT * FROM " + table + " LIMIT 1"))
                        .doesNotThrowAnyException();
            }
            for (String statement : List.of(
                    "SELECT * FROM alpha_run",
                    "SELECT * FROM alpha_budget",
                    "SELECT * FROM alpha_watermark",
                    "DELETE FROM alpha_market_data",
                    "UPDATE alpha_daily_bar SET volume = 0",
                    "SELECT create_monthly_partition('alpha_market_data', '2030-01-01')",
                    "CREATE TEMPORARY TABLE mine ()")) {
                assertThatThrownBy(() -> reader.execute(statement)).hasMessageContaining(DENIED);
            }
        }
        assertThat(roles.rights("reader")).hasSize(6);
    }

    /** What an earlier version gave is taken back; with detached archives the reader sees those too. */
    @Test
    void givingAgainLeavesWhatIsNeeded() {
        List<List<String>> before = roles.rights("writer");
        DATABASE.execute(
                "GRANT DELETE ON market.alpha_run TO " + roles.name("writer"),
                "CREATE TABLE market.alpha_market_data_archive (LIKE market.alpha_market_data)",
                "ALTER TABLE market.alpha_market_data_archive OWNER TO " + roles.name("owner"));
        roles.grant();
        assertThat(roles.rights("writer")).isEqualTo(before);
        assertThat(roles.rights("reader")).hasSize(7);
        DATABASE.execute("DROP TABLE market.alpha_market_data_archive");
    }
}
