package io.alphakeep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.run.MaintainRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules as texts; what they do is told by promtool, and that their series exist by MetricsIT. */
class AlertsTest {

    private static final Path FOLDER = Path.of("deploy/prometheus");

    private static List<String> rules() throws IOException {
        String text = Files.readString(FOLDER.resolve("alerts.yaml"));
        return Arrays.stream(text.split("- alert: ")).skip(1).toList();
    }

    private static String name(String rule) {
        return rule.lines().findFirst().orElseThrow();
    }

    @Test
    void eachSaysHowBadItIsFromWhenOnAndWhatToDo() throws IOException {
        String runbook = Files.readString(Path.of("docs/runbook.md"));
        assertThat(rules()).hasSizeGreaterThan(15).allSatisfy(rule -> {
            assertThat(rule).containsPattern("labels: \\{severity: (critical|warning)}");
            assertThat(rule).contains("          summary: ", "          threshold: ");
            assertThat(rule).contains("runbook: docs/runbook.md#" + name(rule).toLowerCase(Locale.ROOT) + "\n");
            assertThat(runbook).contains("\n## " + name(rule) + "\n\n");
        });
    }

    /** One Prometheus watches many warehouses. */
    @Test
    void eachNamesTheWarehouse() throws IOException {
        assertThat(rules()).allSatisfy(rule -> assertThat(rule).containsPattern("summary: [^\\n]*\\$labels\\.job\\b"));
    }

    @Test
    void eachIsSeenFiringAndSilent() throws IOException {
        String tests = Files.readString(FOLDER.resolve("alerts_test.yaml"))
                + Files.readString(FOLDER.resolve("alerts_days_test.yaml"));
        assertThat(rules()).allSatisfy(rule -> {
            String test = "alertname: " + name(rule) + "\n        exp_alerts:";
            assertThat(tests).contains(test + "\n", test + " []\n");
        });
    }

    @Test
    void noneCountsTheCopiesOfAWarehouseTwice() throws IOException {
        Pattern bare = Pattern.compile("(sum|avg|count)[a-z ()]*\\(\\s*alphakeep_");
        assertThat(rules()).noneMatch(rule -> bare.matcher(rule).find());
    }

    @Test
    void noneAsksForWhatIsNotThere() throws IOException {
        Set<String> known = Arrays.stream(Meter.values()).map(Meter::exposed).collect(Collectors.toSet());
        for (String rule : rules()) {
            Matcher metric = Pattern.compile("alphakeep_[a-z_]+").matcher(rule);
            while (metric.find()) {
                assertThat(known).contains(metric.group());
            }
        }
    }

    /** What never was has no gauge, so that the rule itself names the parts. */
    @Test
    void eachPartOfMaintenanceIsMissedByItself() throws IOException {
        String rule = rules().stream()
                .filter(r -> name(r).equals("AlphakeepNeverMaintained"))
                .findFirst()
                .orElseThrow();
        assertThat(Pattern.compile("\"part\", \"(\\w+)\"")
                        .matcher(rule)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyElementsOf(MaintainRequest.PARTS);
    }

    /** An annotation names what its expression leaves of the labels. */
    @Test
    void noneNamesALabelThatItDoesNotHave() throws IOException {
        assertThat(rules()).allSatisfy(rule -> {
            Matcher named = Pattern.compile("\\$labels\\.(\\w+)").matcher(rule);
            while (named.find()) {
                assertThat(rule).containsPattern("(max|min|sum) by \\([a-z, ]*\\b" + named.group(1) + "\\b");
            }
        });
    }

    @Test
    void theOperatorOfKubernetesGetsTheSameRules() throws IOException {
        String rules = Files.readString(FOLDER.resolve("alerts.yaml")).replaceFirst("(?s).*?(?=groups:)", "");
        String theirs = Files.readString(Path.of("deploy/kubernetes/monitoring/prometheusrule.yaml"));
        assertThat(theirs.substring(theirs.indexOf("spec:\n") + "spec:\n".length()))
                .isEqualTo(rules.replaceAll("(?m)^(?=.)", "  "));
    }
}
