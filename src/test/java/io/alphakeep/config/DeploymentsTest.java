package io.alphakeep.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What deploy says to the program is what the program knows; whether platforms can read it is .ci/deployments' to say. */
class DeploymentsTest {

    private static final Path FOLDER = Path.of("deploy");

    private static Map<Path, String> texts() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            UnaryOperator.identity(), DeploymentsTest::text, (a, b) -> a, TreeMap::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void itNamesSettingsThatThereAre() throws IOException {
        Set<String> known = new TreeSet<>();
        for (Setting setting : Setting.all()) {
            known.add(setting.variable());
            if (setting.secret()) {
                known.add(setting.fileVariable());
            }
        }
        texts().forEach((file, text) ->
                assertThat(known).as("%s", file).containsAll(found("(?<![A-Z_])ALPHAKEEP_[A-Z][A-Z0-9_]*", text)));
    }

    /** The last release; an upgrade that changes one place and forgets another would mix versions. */
    @Test
    void itIsOneVersion() throws IOException {
        Set<String> versions = new TreeSet<>();
        Pattern named = Pattern.compile("(?:alphakeep:|newTag: |migrate-|/v|alphakeep-v)(\\d+[.]\\d+[.]\\w+)");
        Stream.concat(texts().values().stream(), Stream.of(text(Path.of("README.md"))))
                .flatMap(text -> named.matcher(text).results())
                .forEach(version -> versions.add(version.group(1)));
        assertThat(versions).singleElement().asString().matches("\\d+\\.\\d+\\.\\d+");
    }

    /** A base that gets no updates any more is left in all places at once. */
    @Test
    void composeBuildsOnTheBaseOfTheDockerfile() throws IOException {
        String base = "gcr[.]io/distroless/[a-z0-9-]+";
        Set<String> ofTheDockerfile = found(base, text(FOLDER.resolve("container/Dockerfile.jvm")));
        assertThat(ofTheDockerfile).hasSize(1);
        assertThat(found(base, text(FOLDER.resolve("compose/compose.yaml"))))
                .isEqualTo(found(base, text(FOLDER.resolve("compose/env.example"))))
                .isEqualTo(ofTheDockerfile);
    }

    /** The program has a default, but whoever reads a manifest is to see it. */
    @Test
    void eachDatabaseSaysItsSslmode() throws IOException {
        texts().forEach((file, text) -> assertThat(found("jdbc:postgresql://\\S+", text))
                .as("%s", file)
                .allSatisfy(url -> assertThat(url).containsPattern("[?&]sslmode=")));
        for (String way : new String[] {"kubernetes/settings.yaml", "systemd/alphakeep.env", "aws/alphakeep.yaml"}) {
            assertThat(texts().get(FOLDER.resolve(way))).as(way).contains("sslmode=");
        }
    }

    /** The program would refuse to start. */
    @Test
    void nothingSetsATokenWhereThePlatformAuthenticates() throws IOException {
        assertThat(texts().values())
                .filteredOn(text -> found(Setting.HTTP_AUTH.variable() + "\\s+value: " + Setting.PLATFORM, text)
                                .size()
                        == 1)
                .singleElement()
                .asString()
                .doesNotContain(Setting.HTTP_TOKEN.variable());
    }

    /** A secret that no unit loads, or that the README does not lay down, is missed at the first start only. */
    @Test
    void theUnitsOfSystemdLoadTheSecretsThatTheirSettingsName() throws IOException {
        Path folder = FOLDER.resolve("systemd");
        String common = text(folder.resolve("alphakeep-.service.d/common.conf"));
        Set<String> laidDown =
                found("(?<=-m 600 )[a-z -]+(?= /etc/alphakeep/)", Files.readString(Path.of("README.md")));
        assertThat(laidDown).hasSize(1);
        for (Map.Entry<Path, String> unit : texts().entrySet()) {
            if (unit.getKey().startsWith(folder) && unit.getKey().toString().endsWith(".service")) {
                assertThat(found("(?<=LoadCredential=)[a-z-]+", unit.getValue()))
                        .as("%s", unit.getKey())
                        .isEqualTo(found("(?<=_FILE=%d/)[a-z-]+", common + unit.getValue()));
                assertThat(List.of(laidDown.iterator().next().split(" ")))
                        .as("%s", unit.getKey())
                        .containsAll(found("(?<=LoadCredential=[a-z-]{1,40}:/etc/alphakeep/)[a-z-]+", unit.getValue()));
            }
        }
    }

    /** A code that the jobs of Kubernetes do not name would be repeated as if a few seconds could mend it. */
    @Test
    void theJobsOfKubernetesKnowEveryExitCode() throws IOException {
        Set<Integer> readme = Pattern.compile("(?m)^\\| (\\d+) \\| ")
                .matcher(Files.readString(Path.of("README.md"))
                        .split("### Exit codes")[1]
                        .split("\n## ")[0])
                .results()
                .map(code -> Integer.valueOf(code.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> named = new TreeSet<>(Set.of(0, 143)); // done; stopped by a disruption, which is ignored
        Pattern.compile("values: \\[(.+)]")
                .matcher(text(FOLDER.resolve("kubernetes/job.yaml")))
                .results()
                .flatMap(list -> Stream.of(list.group(1).split(", ")))
                .map(Integer::valueOf)
                .forEach(named::add);
        assertThat(named).isEqualTo(readme).contains(78);
    }
}
