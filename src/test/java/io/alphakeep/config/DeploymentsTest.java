package io.alphakeep.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                known.add(setting.variable() + "_FILE");
            }
        }
        texts().forEach((file, text) ->
                assertThat(known).as("%s", file).containsAll(found("(?<![A-Z_])ALPHAKEEP_[A-Z][A-Z0-9_]*", text)));
    }

    /** The last release; an upgrade that changes one place and forgets another would mix versions. */
    @Test
    void itIsOneVersion() throws IOException {
        Set<String> versions = new TreeSet<>();
        texts().values()
                .forEach(text -> Pattern.compile("(?:alphakeep/alphakeep:|newTag: |migrate-)(\\d\\S*)")
                        .matcher(text)
                        .results()
                        .forEach(version -> versions.add(version.group(1))));
        assertThat(versions).singleElement().asString().matches("\\d+\\.\\d+\\.\\d+");
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
