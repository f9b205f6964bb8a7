package io.alphakeep.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.alphakeep.ledger.RunLine;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The JSON form of lines of the ledger. */
public final class RunLineJson {

    private RunLineJson() {}

    /** {@code {"runs": […]}}. */
    public static String of(List<RunLine> runs) {
        return JsonText.object(json -> {
            json.writeArrayFieldStart("runs");
            for (RunLine run : runs) {
                write(json, run);
            }
            json.writeEndArray();
        });
    }

    public static String of(RunLine run) {
        return JsonText.object(json -> fields(json, run));
    }

    public static void write(JsonGenerator json, RunLine run) throws IOException {
        json.writeStartObject();
        fields(json, run);
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, RunLine run) throws IOException {
        json.writeNumberField("run", run.run());
        json.writeStringField("outcome", run.outcome());
        json.writeStringField("startedAt", run.startedAt().toString());
        Optional<Instant> finished = run.finishedAt();
        if (finished.isPresent()) {
            json.writeStringField("finishedAt", finished.get().toString());
        } else {
            json.writeNullField("finishedAt");
        }
        json.writeStringField("door", run.door());
        json.writeNumberField("sent", run.requests().sent());
        json.writeNumberField("failed", run.requests().failed());
        json.writeNumberField("inserted", run.rows().inserted());
        json.writeNumberField("changed", run.rows().changed());
        json.writeNumberField("unchanged", run.rows().unchanged());
    }
}
