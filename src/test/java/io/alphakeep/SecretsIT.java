package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.Fault;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever the API answers, the key, the database's password and the token are nowhere: on no stream, in no table, no answer, no
 * metric, no process list, no file but their own.
 */
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
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_run")).isEqualTo("10");
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
            String keys = DATABASE.value("SELECT count(*) FROM alpha_budget");
            // As a platform hands it over that makes a variable of a file: the same key, and so the same allowance.
            Packaged.Finished json = program.with("ALPHAKEEP_API_KEY", CANARY + "GOOD\n")
                    .run("ingest", "--json", "--only", "MSFT", "--function", "OVERVIEW");
            assertThat(json.exitCode()).as(json.all()).isZero();
            assertThat(json.all()).doesNotContainIgnoringCase(CANARY);
            assertThat(DATABASE.value("SELECT count(*) FROM alpha_budget")).isEqualTo(keys);
        }
    }

    /** With the log at its most talkative, and an API that says the key in its refusal. */
    @Test
    void aProcessThatStaysTellsNothing() throws Exception {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        String token = CANARY + "-token-of-http";
        try (StandIn api = always(Fault.KEY_REFUSED)) {
            Packaged.Running serving = new Packaged(folder)
                    .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                    .with("ALPHAKEEP_DATABASE_USER", "postgres")
                    .with("ALPHAKEEP_DATABASE_PASSWORD_FILE", file(secrets, "password", PASSWORD))
                    .with("ALPHAKEEP_API_URL", api.url().toString())
                    .with("ALPHAKEEP_API_KEY_FILE", file(secrets, "key", CANARY + "SERVED"))
                    .with("ALPHAKEEP_HTTP_TOKEN_FILE", file(secrets, "token", token))
                    .with("ALPHAKEEP_HTTP_HOST", "127.0.0.1")
                    .with("ALPHAKEEP_HTTP_PORT", "0")
                    .with("ALPHAKEEP_INGEST_CRON", "off")
                    .with("ALPHAKEEP_MAINTAIN_CRON", "off")
                    .with("QUARKUS_LOG_LEVEL", "DEBUG")
                    .start("serve");
            String url = listening(serving);
            Await.until(
                    "it is ready",
                    Duration.ofSeconds(60),
                    () -> answer(url, "GET", "/q/health/ready", token, "").startsWith("200 "));
            String run = "{\"only\": [\"IBM\"], \"functions\": [\"OVERVIEW\"]}";
            String report = answer(url, "POST", "/runs?wait=true", token, run);
            assertThat(report).startsWith("200 ").contains("refuses the key");
            String told = report
                    + answer(url, "GET", "/runs", token, "")
                    + answer(url, "GET", "/runs/x", token, "")
                    + answer(url, "GET", "/runs", token + "x", "")
                    + answer(url, "POST", "/runs", token, "{\"only\": [\"" + "x".repeat(99) + "\"]}")
                    + answer(url, "PUT", "/runs", token, "{}")
                    + answer(url, "GET", "/q/metrics", token, "")
                    + answer(url, "GET", "/q/health", token, "");
            assertThat(told).contains("401 ", "404 ", "400 ", "405 ", "alphakeep_requests_total");
            assertThat(told).doesNotContainIgnoringCase(CANARY);
            Path process = Path.of("/proc", String.valueOf(serving.process().pid()));
            assertThat(Files.readString(process.resolve("cmdline")))
                    .contains("serve")
                    .doesNotContain(CANARY);
            assertThat(Files.readString(process.resolve("environ")))
                    .contains("ALPHAKEEP_API_KEY_FILE")
                    .doesNotContain(CANARY);
            assertThat(DATABASE.query("SELECT a::text FROM pg_stat_activity a WHERE datname = current_database()"))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(row -> assertThat(row.get(0)).doesNotContainIgnoringCase(CANARY));
            serving.process().destroy();
            Packaged.Finished finished = serving.await();
            assertThat(finished.exitCode()).isEqualTo(143);
            assertThat(finished.err()).contains(" DEBUG ");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.startsWith(secrets)
                                    && !file.getFileName().toString().startsWith("key-")))
                    .as("files of the process: its streams, and whatever it left")
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContainIgnoringCase(CANARY));
        }
    }

    private static String file(Path secrets, String name, String secret) throws IOException {
        return Files.writeString(secrets.resolve(name), secret + "\n").toString();
    }

    private static String listening(Packaged.Running serving) {
        Pattern listening = Pattern.compile("listening on (http://127\\.0\\.0\\.1:\\d+)");
        Await.until(
                "it listens",
                Duration.ofSeconds(60),
                () -> listening.matcher(serving.err()).find() || !serving.isAlive());
        Matcher place = listening.matcher(serving.err());
        assertThat(place.find()).as(serving.err()).isTrue();
        return place.group(1);
    }

    /** Status, headers and body. */
    private static String answer(String url, String method, String path, String token, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        return answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body() + "\n";
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
