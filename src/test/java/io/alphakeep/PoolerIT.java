package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PgBouncer;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The program behind PgBouncer in transaction mode, which gives every transaction another session of the server. */
class PoolerIT {

    private static final String ROWS = """
            SELECT count(*) || ' ' || sum(hashtextextended(md5(concat_ws('|', ticker, endpoint, "timestamp"::text, open_price,
                   high_price, low_price, close_price, volume)), 0)) FROM %s.alpha_market_data""";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private Packaged program(StandIn api, String url, String schema) {
        return new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", url)
                .with("ALPHAKEEP_DATABASE_USER", "postgres")
                .with("ALPHAKEEP_SCHEMA", schema)
                .with("ALPHAKEEP_API_KEY", "any")
                .with("ALPHAKEEP_API_URL", api.url().toString());
    }

    private static String well(Packaged.Finished finished) {
        assertThat(finished.exitCode()).as(finished.all()).isZero();
        return finished.out();
    }

    private static JsonNode check(JsonNode checks, String id) {
        for (JsonNode check : checks) {
            if (check.at("/id").asText().equals(id)) {
                return check;
            }
        }
        throw new AssertionError("no " + id + " in " + checks);
    }

    @Test
    void everyVerbWorksThroughIt() throws Exception {
        DATABASE.execute("CREATE SCHEMA pooled", "CREATE SCHEMA direct");
        try (StandIn api = StandIn.start(StandInOptions.defaults());
                PgBouncer pooler = PgBouncer.start(folder, PostgresServer.get())) {
            String url = pooler.url(DATABASE.name());
            Packaged pooled = program(api, url + "?prepareThreshold=0", "pooled");
            well(pooled.run("migrate", "--demo"));
            well(pooled.run(
                    "watch", "add", "IBM", "MSFT", "KO", "--function", "TIME_SERIES_DAILY", "--function", "OVERVIEW"));

            // Two at once share the work, a third one finds nothing changed.
            List<Packaged.Running> both = List.of(pooled.start("ingest", "--json"), pooled.start("ingest", "--json"));
            long inserted = 0;
            for (Packaged.Running one : both) {
                inserted += Json.read(well(one.await())).at("/rows/inserted").asLong();
            }
            JsonNode again = Json.read(well(pooled.run("ingest", "--refresh", "--json")));
            assertThat(again.at("/rows/inserted").asLong()
                            + again.at("/rows/changed").asLong())
                    .isZero();
            assertThat(again.at("/rows/unchanged").asLong()).isEqualTo(inserted).isPositive();
            assertThat(well(pooled.run("maintain")))
                    .contains("0 postponed, 0 failed")
                    .contains("create_index");
            well(pooled.run("status"));

            long asked = api.requests();
            DATABASE.execute("UPDATE pooled.alpha_watermark SET parked_reason = 'why'");
            Packaged.Finished warned = pooled.run("doctor", "--fail-on", "warn");
            assertThat(warned.exitCode()).as(warned.all()).isEqualTo(3);
            assertThat(warned.out()).contains("WARN  parked ").contains(" 0 FAIL, ");
            assertThat(api.requests()).as("nothing is spent unasked").isEqualTo(asked);
            JsonNode checks = Json.read(well(pooled.run("doctor", "--json", "--spend")));
            assertThat(api.requests()).isEqualTo(asked + 1);
            assertThat(check(checks, "pooler").at("/evidence").asText())
                    .contains("transaction mode; prepareThreshold=0");
            assertThat(check(checks, "answer").at("/level").asText()).isEqualTo("OK");

            // Without the parameter it says what to do: the doctor, and the run that meets it.
            Packaged prepared = program(api, url, "pooled");
            Packaged.Finished sick = prepared.run("doctor", "--json");
            assertThat(sick.exitCode()).as(sick.all()).isEqualTo(3);
            assertThat(check(Json.read(sick.out()), "pooler").at("/fix").asText())
                    .as(sick.out())
                    .contains("prepareThreshold=0");
            Packaged.Finished refused = prepared.run("ingest", "--refresh");
            assertThat(refused.exitCode()).as(refused.all()).isEqualTo(78);
            assertThat(refused.all()).contains("prepareThreshold=0").doesNotContain("\tat ");

            Packaged direct = program(api, PostgresServer.get().url(DATABASE.name()), "direct");
            well(direct.run("migrate", "--demo"));
            well(direct.run("ingest", "--only", "IBM", "MSFT", "KO", "--function", "TIME_SERIES_DAILY"));
            assertThat(DATABASE.value(ROWS.formatted("pooled"))).isEqualTo(DATABASE.value(ROWS.formatted("direct")));
        }
    }

    /** Nothing set but a database that is not there: every line comes all the same. */
    @Test
    void theDoctorWithoutDatabaseAndKey() {
        Packaged nothing = new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none")
                .with("ALPHAKEEP_API_URL", "http://127.0.0.1:1/query");
        Packaged.Finished finished = nothing.run("doctor");
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(3);
        assertThat(finished.out())
                .contains("FAIL  key ", "FAIL  api ", "FAIL  database ", "SKIP  clock ", "SKIP  allowance ");
        assertThat(finished.err()).isEmpty();
        assertThat(nothing.run("doctor", "--fail-on", "never").exitCode()).isZero();

        Packaged.Finished wrong = nothing.with("ALPHAKEEP_PLAN", "gold").run("doctor");
        assertThat(wrong.exitCode()).as(wrong.all()).isEqualTo(3);
        assertThat(wrong.out())
                .contains("FAIL  configuration ", "ALPHAKEEP_PLAN is 'gold'", "→ correct it")
                .contains("SKIP  key ", "SKIP  database ", "SKIP  allowance ");
        assertThat(wrong.err()).isEmpty();
    }
}
