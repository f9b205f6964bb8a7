package io.alphakeep.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.alphakeep.write.WriteResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** The JSON form of a run's report: what {@code --json} prints and {@code alpha_run.report} holds. */
public final class ReportJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ReportJson() {}

    public static String of(RunReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("run", report.run());
            json.writeStringField("outcome", report.outcome().word());
            json.writeStringField("startedAt", report.startedAt().toString());
            json.writeStringField("finishedAt", report.finishedAt().toString());
            json.writeNumberField("durationMs", report.took().toMillis());
            json.writeBooleanField("simulated", report.simulated());
            requests(json, report.requests());
            rows(json, report.rows());
            allowance(json, report.allowance());
            problems(json, report);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** What was sent, for the ledger. */
    static String of(Map<String, String> parameters) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                json.writeStringField(parameter.getKey(), parameter.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void requests(JsonGenerator json, RunReport.Requests requests) throws IOException {
        json.writeObjectFieldStart("requests");
        json.writeNumberField("planned", requests.planned());
        json.writeNumberField("sent", requests.sent());
        json.writeNumberField("ok", requests.ok());
        json.writeNumberField("empty", requests.empty());
        json.writeNumberField("throttled", requests.throttled());
        json.writeNumberField("failed", requests.failed());
        json.writeNumberField("skipped", requests.skipped());
        json.writeNumberField("leftToOthers", requests.left());
        json.writeNumberField("waitingAfterFailure", requests.waiting());
        json.writeEndObject();
    }

    private static void rows(JsonGenerator json, WriteResult rows) throws IOException {
        json.writeObjectFieldStart("rows");
        json.writeNumberField("inserted", rows.inserted());
        json.writeNumberField("changed", rows.changed());
        json.writeNumberField("unchanged", rows.unchanged());
        json.writeNumberField("removed", rows.removed());
        json.writeNumberField("rejected", rows.rejected());
        json.writeEndObject();
    }

    private static void allowance(JsonGenerator json, RunReport.Allowance allowance) throws IOException {
        json.writeObjectFieldStart("allowance");
        limit(json, "perSecond", allowance.perSecond() == 0, allowance.perSecond());
        limit(json, "perMinute", allowance.perMinute() == 0, allowance.perMinute());
        limit(json, "perDay", allowance.perDay() == 0, allowance.perDay());
        json.writeNumberField("usedToday", allowance.usedToday());
        limit(json, "remainingToday", allowance.remainingToday() < 0, allowance.remainingToday());
        if (allowance.resetsAt().isPresent()) {
            json.writeStringField("resetsAt", allowance.resetsAt().get().toString());
        } else {
            json.writeNullField("resetsAt");
        }
        json.writeEndObject();
    }

    private static void limit(JsonGenerator json, String name, boolean none, int value) throws IOException {
        if (none) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private static void problems(JsonGenerator json, RunReport report) throws IOException {
        json.writeArrayFieldStart("problems");
        for (Problem problem : report.problems()) {
            json.writeStartObject();
            json.writeStringField("series", problem.series());
            json.writeStringField("kind", problem.kind());
            json.writeStringField("message", problem.message());
            json.writeStringField("next", problem.next());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (report.moreProblems() > 0) {
            json.writeNumberField("moreProblems", report.moreProblems());
        }
    }
}
