package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.Fault;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the API answers, the key and the database's password are nowhere: on no stream, in no table. */
class SecretsIT {

    /** In every key and password of this class. */
    private static final String CANARY = "CANARY";

    private static final String PASSWORD = "CANARY@PASS7";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    static Path folder;

    @BeforeAll
    static void demo() {
        DATABASE.execute("INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', clock_timestamp())");
    }

    @AfterAll
    static void nothingInTheTables() {
        List<List<String>> tables = DATABASE.query(
                "SELECT relname FROM pg_class WHERE relname LIKE 'alpha\\_%' AND relkind IN ('r', 'p') AND NOT relispartition");
        assertThat(tables).hasSizeGreaterThan(9);
        for (List<String> table : tables) {
            assertThat(DATABASE.query("SELECT t::text FROM %s t WHERE t::text ~* '%s'".formatted(table.get(0), CANARY)))
                    .as(table.get(0))
                    .isEmpty();
        }
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_run")).isEqualTo("9");
    }

    /** The password stands in the URL, with a character that has to be escaped there. */
    private static Packaged program(StandIn api) {
        String server = PostgresServer.get().url(DATABASE.name()).replace("jdbc:postgresql://", "");
        return new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", "postgres://postgres:" + PASSWORD.replace("@", "%40") + "@" + server)
                .with("ALPHAKEEP_API_URL", api.url().toString())
                .with("ALPHAKEEP_RUN_ATTEMPTS", "1");
    }

    private static StandIn always(Fault fault) {
        return StandIn.start(StandInOptions.defaults().withFaults(Map.of(fault, 1.0)));
    }

    @ParameterizedTest
    @CsvSource({
        "QUOTA, 75, postponed, ",
        "KEY_REFUSED, 78, failed, key",
        "THROTTLE, 3, partial, throttled",
        "HTML, 3, partial, http-status",
        "TRUNCATED, 3, partial, cut-off",
        "UNKNOWN_SYMBOL, 3, partial, symbol",
        "ARTIFICIAL_SAMPLE, 3, partial, premium"
    })
    void isToldWithoutTheKey(Fault fault, int exitCode, String outcome, String kind) throws IOException {
        // A key each: what one answer says of a key must not keep the next from being asked.
        String key = CANARY + "7KEY" + fault.ordinal();
        Path file = Files.writeString(folder.resolve("key-" + fault), key + "\n");
        try (StandIn api = always(fault)) {
            Packaged.Finished finished = program(api)
                    .with("ALPHAKEEP_API_KEY_FILE", file.toString())
                    .run("ingest", "--json", "--only", "IBM", "--function", "TIME_SERIES_MONTHLY");
            assertThat(finished.all()).doesNotContainIgnoringCase(CANARY).doesNotContain("\tat ");
            assertThat(finished.exitCode()).as(finished.all()).isEqualTo(exitCode);
            JsonNode report = Json.read(finished.out());
            assertThat(report.at("/outcome").asText()).isEqualTo(outcome);
            assertThat(report.at("/requests/sent").asInt()).isEqualTo(1);
            assertThat(api.requests()).isEqualTo(1);
            if (kind == null) {
                assertThat(report.at("/problems")).isEmpty();
            } else {
                assertThat(report.at("/problems/0/kind").asText()).isEqualTo(kind);
                assertThat(report.at("/problems/0/message").asText()).isNotBlank();
                assertThat(report.at("/problems")).hasSize(1);
            }
        }
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data")).isEqualTo("0");
    }

    @Test
    void aGoodRunTellsNothingEither() {
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            Packaged program = program(api).with("ALPHAKEEP_API_KEY", CANARY + "GOOD");
            Packaged.Finished table = program.run("ingest", "--only", "IBM", "--function", "OVERVIEW");
            assertThat(table.exitCode()).as(table.all()).isZero();
            assertThat(table.all()).doesNotContainIgnoringCase(CANARY);
            Packaged.Finished json = program.run("ingest", "--json", "--only", "MSFT", "--function", "OVERVIEW");
            assertThat(json.exitCode()).as(json.all()).isZero();
            assertThat(json.all()).doesNotContainIgnoringCase(CANARY);
        }
    }

    @Test
    void neitherDoADatabaseThatRefusesAndAUrlThatIsNone() {
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            String server = PostgresServer.get().url("no_such_database").replace("jdbc:postgresql://", "");
            Packaged.Finished refused = program(api)
                    .with("ALPHAKEEP_DATABASE_URL", "postgres://postgres:CANARY%40PASS7@" + server)
                    .run("status");
            assertThat(refused.exitCode()).as(refused.all()).isEqualTo(78);
            assertThat(refused.all()).contains("no_such_database").doesNotContainIgnoringCase(CANARY);
            Packaged.Finished bad = program(api)
                    .with("ALPHAKEEP_DATABASE_URL", "postgres://postgres:CANARY@PA/SS@" + server)
                    .run("status");
            assertThat(bad.exitCode()).as(bad.all()).isEqualTo(78);
            assertThat(bad.all()).doesNotContainIgnoringCase(CANARY);
        }
    }
}
