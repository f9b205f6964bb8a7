package io.alphakeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.db.Schema;
import io.alphakeep.testkit.Json;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class VersionTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static Properties built(String commit, String time, boolean dirty) {
        Properties properties = new Properties();
        properties.setProperty("version", "1.2.0");
        properties.setProperty("commit", commit);
        properties.setProperty("commit.time", time);
        properties.setProperty("commit.dirty", Boolean.toString(dirty));
        return properties;
    }

    @Test
    void aLineForPeople() {
        String schema = ", schema " + Schema.VERSION + ")";
        assertThat(Version.line(built(COMMIT, "2026-11-24T06:24:42Z", false)))
                .isEqualTo("alphakeep 1.2.0 (commit 0123456789ab" + schema);
        assertThat(Version.line(built(COMMIT, "2026-11-24T06:24:42Z", true)))
                .isEqualTo("alphakeep 1.2.0 (commit 0123456789ab, changed" + schema);
        assertThat(Version.line(built("", "", false))).isEqualTo("alphakeep 1.2.0 (commit unknown" + schema);
    }

    @Test
    void aDocumentForPrograms() {
        JsonNode known = Json.read(Version.json(built(COMMIT, "2026-11-24T06:24:42Z", true)));
        assertThat(known.at("/name").asText()).isEqualTo("alphakeep");
        assertThat(known.at("/version").asText()).isEqualTo("1.2.0");
        assertThat(known.at("/build").toString())
                .isEqualTo("{\"commit\":\"" + COMMIT + "\",\"time\":\"2026-11-24T06:24:42Z\",\"dirty\":true}");
        assertThat(known.at("/schema").asInt()).isEqualTo(Schema.VERSION);
        assertThat(known.at("/runtime").asText()).contains(System.getProperty("java.version"));
    }

    @Test
    void whatTheBuildDidNotKnowIsNull() {
        assertThat(Json.read(Version.json(built("", "", false))).at("/build").toString())
                .isEqualTo("{\"commit\":null,\"time\":null,\"dirty\":null}");
    }

    /** Whether the build filled it in: a name that it does not know would stay as it is written there. */
    @Test
    void thisBuildIsTold() {
        assertThat(Version.line())
                .matches(
                        "alphakeep \\d+\\.\\d+\\.\\d+\\S* \\(commit ([0-9a-f]{12}(, changed)?|unknown), schema \\d+\\)");
        JsonNode build = Json.read(Version.json()).at("/build");
        if (!build.at("/commit").isNull()) {
            assertThat(build.at("/commit").asText()).matches("[0-9a-f]{40}");
            assertThat(build.at("/time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        }
    }
}
