package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.Roles;
import io.alphakeep.testkit.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The program as the roles of deploy/roles: the writer ingests, the owner maintains, the monitor watches. */
class RolesIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    @Test
    void eachDoesItsPart() {
        try (Roles roles = Roles.in(DATABASE);
                StandIn api = StandIn.start(StandInOptions.defaults())) {
            DATABASE.execute("INSERT INTO market.alpha_policy VALUES ('warehouse', '\"demo\"', clock_timestamp())");
            Packaged.Finished ingest = program(roles, "writer", api)
                    .run("ingest", "--json", "--only", "IBM", "--function", "TIME_SERIES_DAILY", "OVERVIEW");
            assertThat(ingest.exitCode()).as(ingest.all()).isZero();
            assertThat(Json.read(ingest.out()).at("/requests/ok").asInt()).isEqualTo(2);

            Packaged.Finished refused = program(roles, "writer", api).run("maintain");
            assertThat(refused.exitCode()).as(refused.all()).isEqualTo(78);
            assertThat(refused.err()).contains(roles.name("owner"));
            Packaged.Finished policy = program(roles, "writer", api).run("policy", "set", "ledger.keep-days=30");
            assertThat(policy.exitCode()).as(policy.all()).isEqualTo(78);
            assertThat(policy.err())
                    .contains("lacks INSERT, UPDATE and DELETE on alpha_policy", "role " + roles.name("owner") + ")");
            Packaged.Finished maintain = program(roles, "owner", api).run("maintain", "--json");
            assertThat(maintain.exitCode()).as(maintain.all()).isZero();
            JsonNode report = Json.read(maintain.out());
            assertThat(report.at("/outcome").asText()).as(maintain.out()).isEqualTo("done");
            assertThat(report.at("/steps")).isNotEmpty();

            watching(program(roles, "monitor", api)
                    .with("ALPHAKEEP_HTTP_HOST", "127.0.0.1")
                    .with("ALPHAKEEP_HTTP_PORT", "0")
                    .with("ALPHAKEEP_INGEST_CRON", "off")
                    .with("ALPHAKEEP_MAINTAIN_CRON", "off"));
        }
    }

    private Packaged program(Roles roles, String role, StandIn api) {
        return Packaged.of(folder, DATABASE, api.url().toString())
                .with("ALPHAKEEP_DATABASE_USER", roles.name(role))
                .with("ALPHAKEEP_SCHEMA", Roles.SCHEMA);
    }

    private static void watching(Packaged program) {
        Packaged.Running serving = program.start("serve");
        Pattern listening = Pattern.compile("listening on (http://127\\.0\\.0\\.1:\\d+)");
        Await.until("it listens", LONG, () -> listening.matcher(serving.err()).find() || !serving.isAlive());
        Matcher place = listening.matcher(serving.err());
        assertThat(place.find()).as(serving.err()).isTrue();
        URI metrics = URI.create(place.group(1) + "/q/metrics");
        String[] body = {""};
        Await.until("all was looked at", LONG, () -> {
            body[0] = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return body[0].contains("alphakeep_sample_timestamp_seconds{sample=\"process\"}");
        });
        assertThat(body[0].lines()
                        .filter(line -> line.startsWith("alphakeep_samples_total{") && line.contains("failed")))
                .hasSizeGreaterThan(5)
                .allMatch(line -> line.endsWith(" 0.0"));
        assertThat(body[0]).contains("alphakeep_run_last_success_timestamp_seconds{door=\"command\"}");
        serving.process().destroy();
        Packaged.Finished finished = serving.await();
        assertThat(finished.exitCode()).isEqualTo(143);
        assertThat(finished.err()).doesNotContain("WARN", "ERROR");
    }
}
