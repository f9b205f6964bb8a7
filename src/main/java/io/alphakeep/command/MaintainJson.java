package io.alphakeep.command;

import io.alphakeep.run.JsonText;
import io.alphakeep.run.MaintainReport;
import io.alphakeep.run.PlannedStep;
import java.util.List;

/** The JSON forms of what maintenance did, and of what it would do. */
final class MaintainJson {

    private MaintainJson() {}

    static String of(MaintainReport report) {
        return JsonText.object(json -> {
            json.writeStringField("outcome", report.outcome().word());
            json.writeStringField("startedAt", report.startedAt().toString());
            json.writeStringField("finishedAt", report.finishedAt().toString());
            json.writeStringField("message", report.message());
            json.writeArrayFieldStart("steps");
            for (MaintainReport.Line line : report.steps()) {
                json.writeStartObject();
                json.writeStringField("part", line.part());
                json.writeStringField("action", line.action());
                json.writeStringField("target", line.target());
                json.writeStringField("outcome", line.word());
                json.writeStringField("detail", line.detail());
                json.writeNumberField("durationMs", line.took().toMillis());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static String of(List<PlannedStep> steps) {
        return JsonText.object(json -> {
            json.writeArrayFieldStart("steps");
            for (PlannedStep step : steps) {
                json.writeStartObject();
                json.writeStringField("part", step.part());
                json.writeStringField("action", step.action());
                json.writeStringField("target", step.target());
                json.writeStringField("why", step.why());
                json.writeArrayFieldStart("sql");
                for (String sql : step.sql()) {
                    json.writeString(sql);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
