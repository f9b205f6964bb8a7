package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The advice as a user gets it: to read, to parse and to run. */
class AdviseIT {

    private static final String INDEX = "SELECT to_regclass('alpha_request_twice')::text";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private Packaged.Finished run(String... args) {
        return new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                .with("ALPHAKEEP_DATABASE_USER", "postgres")
                .with("ALPHAKEEP_DATABASE_PASSWORD", PostgresServer.get().password())
                .run(args);
    }

    @Test
    void toReadToParseAndToRun() {
        DATABASE.execute("CREATE INDEX alpha_request_twice ON alpha_request (requested_at)");
        Packaged.Finished text = run("advise", "--memory", "16GiB", "--cpus", "4", "--fail-on", "warn");
        assertThat(text.exitCode()).as(text.all()).isEqualTo(3);
        assertThat(text.out())
                .containsSubsequence("CRITICAL\n", "fsync-off", "WARN\n", "index-duplicate", "INFO\n", "critical, ")
                .contains("of 16 GiB memory (--memory)")
                .contains("sql:  DROP INDEX CONCURRENTLY IF EXISTS \"public\".\"alpha_request_twice\";")
                .contains("undo: CREATE INDEX CONCURRENTLY alpha_request_twice ON public.alpha_request")
                .contains("not seen: random_page_cost: the server's machine is not known; say --storage ssd");

        Packaged.Finished json = run("advise", "--json");
        assertThat(json.exitCode()).as(json.all()).isZero();
        JsonNode advice = Json.read(json.out());
        assertThat(advice.at("/count/critical").asInt()).isPositive();
        assertThat(advice.at("/findings")).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.fieldNames())
                    .toIterable()
                    .containsExactly("id", "severity", "subject", "evidence", "why", "changes", "next", "manual");
            assertThat(finding.path("changes"))
                    .allSatisfy(change ->
                            assertThat(change.fieldNames()).toIterable().containsExactly("sql", "undo", "effect"));
        });
        assertThat(advice.at("/findings"))
                .filteredOn(finding -> finding.path("id").asText().equals("index-duplicate"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path("severity").asText()).isEqualTo("warn");
                    assertThat(finding.at("/changes/0/effect").asText()).isEqualTo("now");
                    assertThat(finding.path("manual").asText()).startsWith("https://www.postgresql.org/docs/current/");
                });

        Packaged.Finished sql = run("advise", "--sql");
        assertThat(sql.exitCode()).as(sql.all()).isZero();
        assertThat(DATABASE.value(INDEX)).as("it changes nothing by itself").isEqualTo("alpha_request_twice");
        List<String> statements =
                sql.out().lines().filter(line -> line.startsWith("DROP INDEX")).toList();
        DATABASE.execute(statements.toArray(String[]::new));
        assertThat(DATABASE.value(INDEX)).isNull();
    }
}
