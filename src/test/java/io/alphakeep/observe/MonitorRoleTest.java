package io.alphakeep.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.advise.seen.Machine;
import io.alphakeep.advise.seen.ObservedReader;
import io.alphakeep.budget.AllowanceDay;
import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Limits;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Schema;
import io.alphakeep.ledger.Status;
import io.alphakeep.testkit.Roles;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The monitor of deploy/roles sees all that is watched, needs each right that it has, and sees nothing of the data. */
@Tag("postgres")
class MonitorRoleTest {

    private static final Limits NONE = Limits.of(
            "unlimited", OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), AllowanceDay.STRICT, false);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static Roles roles;

    @BeforeAll
    static void makeRoles() {
        roles = Roles.in(DATABASE);
    }

    @AfterAll
    static void dropRoles() {
        roles.close();
    }

    private static boolean seesAll() {
        var monitor = roles.transactions("monitor");
        try {
            roles.source("monitor").getConnection().close();
            Schema schema = new Schema(TestDatabase.flyway(roles.source("monitor"), Roles.SCHEMA), monitor);
            schema.requireCurrent();
            schema.isDemo();
            new Status(monitor).read(5);
            new Budget(monitor).usage("key", NONE);
            Stream.concat(
                            new LedgerLooks(monitor).all().stream(),
                            new TableLooks(monitor, (limit, used) -> {}).all().stream())
                    .forEach(look -> look.finder().find());
            return true;
        } catch (DatabaseException | Failure | SQLException e) {
            assertThat(e).hasMessageContaining("permission denied");
            return false;
        }
    }

    @Test
    void itSeesAllThatIsWatchedAndNeedsEachOfItsRights() {
        assertThat(seesAll()).isTrue();
        List<List<String>> rights = roles.rights("monitor");
        assertThat(rights).hasSize(11);
        List<String> spare = new ArrayList<>();
        for (List<String> right : rights) {
            DATABASE.execute(right.get(1));
            if (seesAll()) {
                spare.add(right.get(0));
            }
            DATABASE.execute(right.get(2));
        }
        assertThat(spare).as("rights that nothing needs").isEmpty();
    }

    /** The other role's session is one that advise wants to know of. */
    @Test
    void adviceSeesOtherRolesSessionsByPgMonitorAlone() throws Exception {
        try (Connection other = roles.source("writer").getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT 1");
            assertThat(unseen("monitor")).noneMatch(line -> line.contains("pg_monitor"));
            assertThat(unseen("reader")).anyMatch(line -> line.contains("pg_monitor"));
        }
    }

    /** The pool goes by it: who takes others' connections for none asks a full server for more. */
    @Test
    void theWriterCountsOtherRolesConnectionsToo() throws Exception {
        try (Connection one = roles.source("reader").getConnection();
                Connection other = roles.source("reader").getConnection()) {
            assertThat(one.isValid(5) && other.isValid(5)).isTrue();
            AtomicInteger heard = new AtomicInteger();
            List<Sample> told = new TableLooks(roles.transactions("writer"), (limit, used) -> heard.set(used))
                    .all().stream()
                            .filter(look -> look.name().equals("connections"))
                            .flatMap(look -> look.finder().find().stream())
                            .filter(sample -> sample.meter() == Meter.DATABASE_CONNECTIONS)
                            .toList();
            assertThat(told).hasSize(1).allMatch(sample -> sample.value() >= 3);
            assertThat(heard.get()).isGreaterThanOrEqualTo(3);
        }
    }

    private static List<String> unseen(String role) {
        return new ObservedReader(roles.transactions(role), process -> Machine.UNKNOWN)
                .read()
                .unseen();
    }

    @Test
    void itSeesNothingOfTheDataAndChangesNothing() throws Exception {
        try (Connection connection = roles.source("monitor").getConnection();
                Statement monitor = connection.createStatement()) {
            monitor.execute("SET search_path = market");
            for (String statement : List.of(
                    "SELECT * FROM alpha_market_data",
                    "SELECT * FROM alpha_fundamental_data",
                    "SELECT * FROM alpha_daily_bar",
                    "DELETE FROM alpha_run",
                    "UPDATE alpha_budget SET utc_used = 0",
                    "INSERT INTO alpha_tick VALUES ('ingest', now())",
                    "SELECT create_monthly_partition('alpha_market_data', '2030-01-01')",
                    "CREATE TEMPORARY TABLE mine ()")) {
                assertThatThrownBy(() -> monitor.execute(statement)).hasMessageContaining("permission denied");
            }
        }
    }
}
