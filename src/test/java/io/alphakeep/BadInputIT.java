package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gets one clear line and the documented exit code, never a stack trace, never the key, never half a write. */
class BadInputIT {

    private static final String KEY = "CANARY7KEY9";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private Packaged program() {
        return new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                .with("ALPHAKEEP_DATABASE_USER", "postgres")
                .with("ALPHAKEEP_API_KEY", KEY)
                .with("ALPHAKEEP_API_URL", "http://127.0.0.1:9/query")
                .with("ALPHAKEEP_RUN_ATTEMPTS", "1");
    }

    private static void check(Packaged.Finished finished, int exitCode, String... parts) {
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(exitCode);
        assertThat(finished.all())
                .contains(parts)
                .doesNotContain(KEY)
                .doesNotContain("\tat ")
                .doesNotContain("Exception:");
    }

    private static void checkLine(Packaged.Finished finished, int exitCode, String... parts) {
        check(finished, exitCode, parts);
        assertThat(finished.out()).isEmpty();
        assertThat(finished.err().lines()).hasSize(1);
    }

    @Test
    void usage() {
        checkLine(program().run("ingst"), 2, "unknown verb 'ingst'", "ingest, plan, watch");
        checkLine(program().run("ingest", "--refesh"), 2, "unknown flag '--refesh'", "--refresh");
        checkLine(program().run("ingest", "--function", "NONE"), 2, "'NONE' is not a known function", "OVERVIEW");
        checkLine(program().run("ingest", "--only", "I M"), 2, "not a ticker");
        checkLine(program().run("ingest", "--only", "IBM"), 2, "IBM is not on the watchlist", "--function");
        checkLine(program().run("maintain", "idexes"), 2, "'idexes' is not a part", "indexes");
        checkLine(program().run("policy", "set", "archive.after-months=0"), 2, "archive.after-months", "1 to 1200");
    }

    @Test
    void configuration() {
        checkLine(
                program().with("ALPHAKEEP_API_KEYS", "x").run("status"), 78, "ALPHAKEEP_API_KEYS", "ALPHAKEEP_API_KEY");
        checkLine(program().with("ALPHAKEEP_RUN_WORKERS", "x").run("status"), 78, "ALPHAKEEP_RUN_WORKERS", "1 to 32");
        checkLine(
                program().with("ALPHAKEEP_PLAN", "gold").run("ingest", "--only", "IBM", "--function", "OVERVIEW"),
                78,
                "ALPHAKEEP_PLAN",
                "premium-75");
        checkLine(program().with("ALPHAKEEP_DATABASE_URL", "mysql://db/x").run("status"), 78, "ALPHAKEEP_DATABASE_URL");
        checkLine(
                program().with("ALPHAKEEP_SCHEMA", "elsewhere").run("ingest"),
                78,
                "schema elsewhere",
                "alphakeep migrate");
        checkLine(program().run("ingest"), 78, "watchlist is empty", "watch add");
        DATABASE.execute("INSERT INTO alpha_policy VALUES ('archive.after-months', '\"soon\"', clock_timestamp())");
        checkLine(program().run("maintain"), 78, "archive.after-months is 'soon'", "alphakeep policy set");
        String reader = "reader_" + DATABASE.name();
        DATABASE.execute(
                "DELETE FROM alpha_policy",
                "CREATE ROLE " + reader + " LOGIN",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + reader);
        checkLine(
                program().with("ALPHAKEEP_DATABASE_USER", reader).run("maintain"),
                78,
                "the role " + reader + " may not alter",
                "(role postgres)");
        checkLine(program().with("ALPHAKEEP_DATABASE_USER", "nobody_here").run("status"), 78, "nobody_here");
        checkLine(
                program().with("ALPHAKEEP_API_KEY", "").run("ingest"),
                78,
                "ALPHAKEEP_DATABASE_URL is set, but no key",
                "ALPHAKEEP_API_KEY");
    }

    @Test
    void unavailable() {
        checkLine(
                program()
                        .with("ALPHAKEEP_DATABASE_URL", "jdbc:postgresql://127.0.0.1:9/x")
                        .run("status"),
                69,
                "127.0.0.1:9/x",
                "not available");
        Packaged.Finished refused = program().run("ingest", "--only", "IBM", "--function", "OVERVIEW");
        check(refused, 69, "http://127.0.0.1:9", "refused", "Allowance");
        assertThat(refused.out()).as("there is no data of it to look at").doesNotContain("Data ", "psql ");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_fundamental_data"))
                .isEqualTo("0");
    }

    @Test
    void simulatedDataNeverEntersARealWarehouse() {
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            check(
                    program()
                            .with("ALPHAKEEP_API_URL", api.url().toString())
                            .run("ingest", "--only", "IBM", "--function", "TIME_SERIES_DAILY"),
                    78,
                    "stand-in",
                    "real one");
        }
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data")).isEqualTo("0");
    }
}
