package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The bench as a user starts it. */
@Tag("local-part")
@Tag("postgres")
class BenchIT {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String SCHEMAS = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'alpha\\_bench\\_%'";

    @TempDir
    Path folder;

    private Packaged program() {
        PostgresServer server = PostgresServer.get();
        Packaged program = new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", server.url(DATABASE.name()))
                .with("ALPHAKEEP_DATABASE_USER", server.user());
        return server.password().isEmpty() ? program : program.with("ALPHAKEEP_DATABASE_PASSWORD", server.password());
    }

    private static void assertGone() {
        assertThat(DATABASE.value(SCHEMAS)).isEqualTo("0");
    }

    @Test
    void aTableOnStdout() {
        Packaged.Finished finished = program().run("bench", "--quick", "--rounds", "1", "--only", "single");
        assertThat(finished.exitCode()).as(finished.all()).isZero();
        assertThat(finished.out()).contains("one new row, committed", "alphakeep", "--html FILE");
        assertThat(finished.err()).contains("works in the schema alpha_bench_", "bench: single, ");
        assertThat(finished.all()).doesNotContain("\tat ", "WARN", "INFO");
        assertGone();
    }

    @Test
    void oneJsonDocumentOnStdout() {
        Packaged.Finished finished = program().run("bench", "--quick", "--json", "--rounds", "1", "--only", "decode");
        assertThat(finished.exitCode()).as(finished.all()).isZero();
        assertThat(Json.read(finished.out()).path("comparisons").isMissingNode())
                .isFalse();
        assertGone();
    }

    @Test
    void sigtermInTheMiddleLeavesNothing() {
        Packaged.Running running = program().start("bench", "--only", "bulk");
        Await.until(
                "the bench has tables",
                Duration.ofSeconds(60),
                () -> !DATABASE.value("""
                        SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE nspname LIKE 'alpha\\_bench\\_%' AND relname = 'bare_market_data'
                        """).equals("0"));
        running.process().destroy();
        Packaged.Finished finished = running.await();
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(143);
        assertThat(finished.out()).isEmpty();
        assertThat(finished.err())
                .endsWith("bench: stopped, its schema is removed\n")
                .doesNotContain("\tat ");
        assertGone();
    }
}
