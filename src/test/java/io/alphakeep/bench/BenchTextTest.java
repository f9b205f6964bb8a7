package io.alphakeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The terminal's table, the README's tables and the JSON document. */
class BenchTextTest {

    @Test
    void fitsATerminalAndHoldsEveryFigure() {
        BenchReport report = SampleReport.whole();
        String text = BenchText.of(report);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        for (Comparison c : report.comparisons()) {
            assertThat(text)
                    .contains(Shown.both(c.before()), Shown.both(c.after()), Shown.factor(c.factor()), c.claim());
        }
        assertThat(text)
                .contains("Not measured", "asyncpg: not installed", "2026-03-04 05:06 UTC", "PostgreSQL 18.6")
                .doesNotContain("\u001b");
    }

    @Test
    void breaksLongTextsAndLongWords() {
        Comparison longOne = new Comparison(
                Section.WRITING,
                "a".repeat(300),
                SampleReport.samples("b".repeat(100), Unit.SECONDS, 1.0),
                SampleReport.samples("c c".repeat(100), Unit.SECONDS, 1.0),
                "d ".repeat(200),
                Optional.empty(),
                "e".repeat(500));
        assertThat(BenchText.of(SampleReport.report(List.of(longOne))).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @Test
    void markdownRowsHaveTheColumnsOfTheirHead() {
        Comparison piped = new Comparison(
                Section.READING,
                "a | b *c*",
                SampleReport.samples("x", Unit.BYTES, 1.0),
                SampleReport.samples("y", Unit.BYTES, 1.0),
                "",
                Optional.empty(),
                "");
        String text = BenchMarkdown.of(SampleReport.report(List.of(piped)));
        List<Long> columns = text.lines()
                .filter(line -> line.startsWith("|"))
                .map(line ->
                        line.replace("\\|", "").chars().filter(c -> c == '|').count())
                .toList();
        assertThat(columns).hasSize(3).containsOnly(6L);
        assertThat(text).contains("a \\| b \\*c\\*");
        assertThat(BenchMarkdown.of(SampleReport.whole())).contains("5 ms → 0.5 ms", "not reached");
    }

    @Test
    void jsonHoldsEveryValue() throws Exception {
        JsonNode json = new ObjectMapper().readTree(BenchJson.of(SampleReport.whole()));
        assertThat(json.get("comparisons")).hasSize(12);
        JsonNode daily = json.get("comparisons").get(4);
        assertThat(daily.get("section").asText()).isEqualTo("plan");
        assertThat(daily.get("after").get("values")).hasSize(3);
        assertThat(daily.get("after").get("median").asDouble()).isEqualTo(9.2);
        assertThat(daily.get("goal").get("atMost").asDouble()).isEqualTo(8);
        assertThat(daily.get("goal").get("reached").asBoolean()).isFalse();
        assertThat(json.get("environment").get("cores").asText()).isEqualTo("2");
        assertThat(json.get("skipped").get(0).asText()).startsWith("asyncpg");
    }

    @Test
    void jsonHasNoInfinity() throws Exception {
        Comparison nothing = new Comparison(
                Section.WRITING,
                "work",
                SampleReport.samples("x", Unit.BYTES, 10.0),
                SampleReport.samples("y", Unit.BYTES, 0.0),
                "",
                Optional.empty(),
                "");
        JsonNode json = new ObjectMapper().readTree(BenchJson.of(SampleReport.report(List.of(nothing))));
        assertThat(json.get("comparisons").get(0).get("factor").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0123, MILLISECONDS, 12.3 µs",
        "0.1, MILLISECONDS, 0.100 ms",
        "99.96, MILLISECONDS, 100 ms",
        "999.9, SECONDS, 16.7 min",
        "28800, SECONDS, 8.00 h",
        "1234567, ROWS, '1,234,567 rows'",
        "0, BYTES, 0 B",
        "2500000, BYTES, '2,500 kB'"
    })
    void figuresAreShort(double value, Unit unit, String shown) {
        assertThat(Shown.value(value, unit)).isEqualTo(shown);
    }

    @Test
    void aSpreadIsInItsMediansUnit() {
        assertThat(Shown.both(SampleReport.samples("x", Unit.MILLISECONDS, 900, 1_500, 1_000)))
                .isEqualTo("1.00 s (0.900–1.50)");
        assertThat(Shown.both(SampleReport.samples("x", Unit.MILLISECONDS, 900.0)))
                .isEqualTo("900 ms");
    }
}
