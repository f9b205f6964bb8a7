package io.alphakeep.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** The report as one JSON document, every single value in it. */
final class BenchJson {

    private BenchJson() {}

    static String of(BenchReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("startedAt", report.startedAt().toString());
            json.writeNumberField("durationMs", report.took().toMillis());
            json.writeBooleanField("quick", report.quick());
            json.writeObjectFieldStart("environment");
            for (Map.Entry<String, String> fact : report.environment().entrySet()) {
                json.writeStringField(fact.getKey(), fact.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("comparisons");
            for (Comparison comparison : report.comparisons()) {
                comparison(json, comparison);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("skipped");
            for (String skipped : report.skipped()) {
                json.writeString(skipped);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void comparison(JsonGenerator json, Comparison comparison) throws IOException {
        json.writeStartObject();
        json.writeStringField("section", word(comparison.section()));
        json.writeStringField("work", comparison.work());
        samples(json, "before", comparison.before());
        samples(json, "after", comparison.after());
        number(json, "factor", comparison.factor());
        json.writeStringField("claim", comparison.claim());
        if (comparison.goal().isPresent()) {
            Comparison.Goal goal = comparison.goal().get();
            json.writeObjectFieldStart("goal");
            json.writeStringField("of", word(goal.of()));
            number(json, goal.atLeast() ? "atLeast" : "atMost", goal.bound());
            json.writeBooleanField("reached", comparison.reached().orElseThrow());
            json.writeEndObject();
        }
        json.writeStringField("note", comparison.note());
        json.writeEndObject();
    }

    private static void samples(JsonGenerator json, String name, Samples samples) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("technique", samples.technique());
        json.writeStringField("unit", samples.unit().sign());
        number(json, "median", samples.median());
        number(json, "lowest", samples.lowest());
        number(json, "highest", samples.highest());
        json.writeArrayFieldStart("values");
        for (double value : samples.values()) {
            json.writeNumber(value);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** JSON has no infinity: a ratio to nothing is null. */
    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
