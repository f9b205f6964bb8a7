package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A new user's first verb leaves a warehouse that doctor and advise find nothing missing in. */
class MigrateIT {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private Packaged program(String schema) {
        return new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                .with("ALPHAKEEP_DATABASE_USER", "postgres")
                .with("ALPHAKEEP_SCHEMA", schema);
    }

    private static String well(Packaged.Finished finished) {
        assertThat(finished.exitCode()).as(finished.all()).isZero();
        return finished.out();
    }

    private static JsonNode doctors(JsonNode checks, String id) {
        for (JsonNode check : checks) {
            if (check.at("/id").asText().equals(id)) {
                return check;
            }
        }
        throw new AssertionError("no " + id + " in " + checks);
    }

    @Test
    void makesTheMonthsAheadToo() {
        Packaged program = program("fresh");
        assertThat(well(program.run("migrate", "--dry-run"))).contains("would apply 001 ", "partition.months-ahead");
        assertThat(DATABASE.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'fresh'"))
                .isEqualTo("0");

        assertThat(well(program.run("migrate")).lines())
                .filteredOn(line -> line.startsWith("made alpha_market_data_"))
                .hasSize(4);
        JsonNode partitions = doctors(Json.read(program.run("doctor", "--json").out()), "partitions");
        assertThat(partitions.at("/level").asText()).as(partitions.toString()).isEqualTo("OK");
        assertThat(well(program.run("advise"))).doesNotContain("partitions-ahead");

        assertThat(well(program.run("migrate"))).contains("are up to date").doesNotContain("made");
    }

    /** The tables are there all the same, and the next pass makes the months. */
    @Test
    void whatIsPostponedIsNoError() throws SQLException {
        assertThat(well(program("public").run("migrate", "--dry-run")).lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("would make alpha_market_data_"));
        try (Connection holder = DATABASE.lock("alpha_market_data IN SHARE UPDATE EXCLUSIVE MODE")) {
            Packaged hasty = program("public").with("ALPHAKEEP_PARTITION_LOCK_TIMEOUT_MILLIS", "100");
            JsonNode migrated = Json.read(well(hasty.run("migrate", "--json")));
            assertThat(migrated.at("/applied")).isEmpty();
            assertThat(migrated.at("/demo").asBoolean()).isFalse();
            assertThat(migrated.at("/maintenance/outcome").asText()).isEqualTo("postponed");
            assertThat(migrated.at("/maintenance/steps"))
                    .hasSize(4)
                    .allMatch(step -> step.at("/outcome").asText().equals("postponed"));
            holder.rollback();
        }
    }
}
