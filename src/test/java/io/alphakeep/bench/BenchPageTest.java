package io.alphakeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class BenchPageTest {

    @Test
    void everyFigureIsThere() throws Exception {
        BenchReport report = SampleReport.whole();
        String text = parsed(report).getDocumentElement().getTextContent();
        for (Comparison c : report.comparisons()) {
            assertThat(text)
                    .contains(c.work(), c.note(), c.claim())
                    .contains(Shown.both(c.before()), c.before().technique())
                    .contains(Shown.both(c.after()), c.after().technique())
                    .contains(Shown.factor(c.factor()), Shown.goal(c));
        }
        report.environment().forEach((name, value) -> assertThat(text).contains(name, value));
        assertThat(text)
                .contains(report.skipped())
                .contains("2026-03-04 05:06 UTC", "4 min 14 s", "9 of 11 goals reached");
    }

    @Test
    void loadsNothingAndRunsNothing() throws Exception {
        String page = BenchPage.of(SampleReport.whole());
        assertThat(page.replaceAll("xmlns=\"http://www.w3.org/[^\"]+\"", ""))
                .doesNotContain(
                        "http:", "https:", "//", "url(", "@import", "<script", "<link", "<img", " src=", " onload");
    }

    @Test
    void textsAreTextsWhateverStandsInThem() throws Exception {
        String evil = "</td><script>alert('x')</script> & \"quoted\" \u0001 ]]>";
        Comparison comparison = new Comparison(
                Section.PLAN,
                evil,
                SampleReport.samples(evil, Unit.MILLISECONDS, 1.0),
                SampleReport.samples(evil, Unit.MILLISECONDS, 1.0),
                evil,
                Optional.empty(),
                evil);
        Document page = parsed(SampleReport.report(List.of(comparison)));
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getDocumentElement().getTextContent())
                .contains("</td><script>alert('x')</script> & \"quoted\"");
    }

    @Test
    void drawingsSayWhatTheyShow() throws Exception {
        Document page = parsed(SampleReport.whole());
        NodeList drawings = page.getElementsByTagName("svg");
        // The plan's times and four sections, each for wide and for narrow screens.
        assertThat(drawings.getLength()).isEqualTo(10);
        for (int i = 0; i < drawings.getLength(); i++) {
            var drawing = (org.w3c.dom.Element) drawings.item(i);
            assertThat(drawing.getAttribute("role")).isEqualTo("img");
            assertThat(drawing.getElementsByTagName("title").getLength()).isOne();
            assertThat(drawing.getElementsByTagName("desc").getLength()).isOne();
            assertThat(drawing.getAttribute("aria-labelledby"))
                    .contains(((org.w3c.dom.Element)
                                    drawing.getElementsByTagName("title").item(0))
                            .getAttribute("id"));
        }
        NodeList heads = page.getElementsByTagName("th");
        for (int i = 0; i < heads.getLength(); i++) {
            assertThat(((org.w3c.dom.Element) heads.item(i)).getAttribute("scope"))
                    .isIn("col", "row");
        }
    }

    @Test
    void extremesStayInTheDrawing() throws Exception {
        assertDrawn(comparison(28_800_000, 0.001));
        assertDrawn(comparison(0.001, 28_800_000));
        assertDrawn(comparison(0, 1));
        assertDrawn(comparison(1, 0));
        assertDrawn(comparison(0, 0));
        assertThat(BenchPage.of(SampleReport.report(List.of(comparison(1, 0))))).contains("∞ ×");
    }

    @Test
    void manyComparisonsAndNone() throws Exception {
        parsed(SampleReport.report(Collections.nCopies(30, comparison(12, 3))));
        assertThat(parsed(SampleReport.report(List.of()))
                        .getElementsByTagName("svg")
                        .getLength())
                .isZero();
    }

    @Test
    void canBeLookedAt() throws Exception {
        Path file = Path.of("target", "bench-sample.html");
        Files.writeString(file, BenchPage.of(SampleReport.whole()));
        assertThat(file).isNotEmptyFile();
    }

    private static Comparison comparison(double before, double after) {
        return new Comparison(
                Section.PLAN,
                "work",
                SampleReport.samples("before", Unit.MILLISECONDS, before),
                SampleReport.samples("after", Unit.MILLISECONDS, after),
                "",
                Optional.of(new Goal(Goal.Of.AFTER, 5, false)),
                "");
    }

    private static void assertDrawn(Comparison comparison) throws Exception {
        Document page = parsed(SampleReport.report(List.of(comparison)));
        NodeList bars = page.getElementsByTagName("rect");
        assertThat(bars.getLength()).isPositive();
        for (int i = 0; i < bars.getLength(); i++) {
            var bar = (org.w3c.dom.Element) bars.item(i);
            double left = Double.parseDouble(bar.getAttribute("x"));
            double right = left + Double.parseDouble(bar.getAttribute("width"));
            assertThat(left).isGreaterThanOrEqualTo(0);
            assertThat(right).isLessThanOrEqualTo(Chart.WIDE);
        }
    }

    private static Document parsed(BenchReport report) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(false);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(BenchPage.of(report).getBytes(StandardCharsets.UTF_8)));
    }
}
