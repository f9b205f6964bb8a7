package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line alone answers, it answers whatever is set: before settings are read and the framework starts. */
class EarlyAnswersIT {

    @TempDir
    Path folder;

    private Packaged program;

    @BeforeEach
    void nothingIsAsItShould() {
        program = new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", "mysql://db/x")
                .with("ALPHAKEEP_RUN_WORKER", "4")
                .with("QUARKUS_LOG_LEVEL", "none of them");
    }

    @Test
    void whoeverNeedsSettingsIsRefused() {
        Packaged.Finished refused = program.run("status");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(78);
        assertThat(refused.err()).contains("ALPHAKEEP_RUN_WORKER");
    }

    @Test
    void version() {
        Packaged.Finished line = program.run("version");
        assertAnswered(line);
        assertThat(line.out().lines()).hasSize(1);
        assertThat(program.run("--version").out()).isEqualTo(line.out());

        Packaged.Finished json = program.run("version", "--json");
        assertAnswered(json);
        assertThat(line.out())
                .startsWith("alphakeep " + Json.read(json.out()).at("/version").asText());
    }

    @Test
    void help() {
        Packaged.Finished all = program.run("--help");
        assertAnswered(all);
        assertThat(all.out()).contains("Usage: alphakeep", "ingest", "maintain", "Exit codes:");
        Packaged.Finished one = program.run("ingest", "--help");
        assertAnswered(one);
        assertThat(one.out()).contains("Usage: alphakeep ingest", "--max-requests");
    }

    @Test
    void usageErrors() {
        assertRefused(program.run("ingst"), "unknown verb 'ingst', did you mean ingest?");
        assertRefused(program.run("ingest", "--refesh"), "unknown flag '--refesh', did you mean --refresh?");
    }

    private static void assertAnswered(Packaged.Finished finished) {
        assertThat(finished.exitCode()).as(finished.all()).isZero();
        assertThat(finished.err()).isEmpty();
    }

    private static void assertRefused(Packaged.Finished finished, String text) {
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(2);
        assertThat(finished.out()).isEmpty();
        assertThat(finished.err().lines())
                .singleElement()
                .asString()
                .startsWith("alphakeep: ")
                .contains(text);
    }
}
