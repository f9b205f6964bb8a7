package io.alphakeep.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.alphakeep.ledger.RunLine;
import io.alphakeep.ledger.StatusFacts;
import io.alphakeep.run.JsonText;
import io.alphakeep.run.RunLineJson;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The JSON form of the warehouse's status. */
final class StatusJson {

    private StatusJson() {}

    static String of(StatusFacts facts, boolean demo) {
        return JsonText.object(json -> {
            json.writeBooleanField("simulated", demo);
            StatusFacts.SeriesCounts series = facts.series();
            json.writeObjectFieldStart("series");
            json.writeNumberField("watched", series.watched());
            json.writeNumberField("neverAnswered", series.neverAnswered());
            json.writeNumberField("failing", series.failing());
            json.writeNumberField("parked", series.parked());
            json.writeEndObject();
            json.writeNumberField("rejectsInSevenDays", facts.rejectsInSevenDays());
            maintenance(json, facts);
            json.writeArrayFieldStart("functions");
            for (StatusFacts.FunctionSpan span : facts.spans()) {
                json.writeStartObject();
                json.writeStringField("function", span.function());
                json.writeNumberField("series", span.series());
                instant(json, "oldest", span.oldest());
                instant(json, "newest", span.newest());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("tables");
            for (StatusFacts.TableSize table : facts.tables()) {
                json.writeStartObject();
                json.writeStringField("table", table.table());
                json.writeNumberField("rowsEstimate", table.rows());
                json.writeNumberField("bytes", table.bytes());
                json.writeNumberField("partitions", table.partitions());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("runs");
            for (RunLine run : facts.runs()) {
                RunLineJson.write(json, run);
            }
            json.writeEndArray();
        });
    }

    private static void maintenance(JsonGenerator json, StatusFacts facts) throws IOException {
        if (facts.maintenance().isEmpty()) {
            json.writeNullField("lastMaintenance");
            return;
        }
        StatusFacts.MaintenancePass pass = facts.maintenance().get();
        json.writeObjectFieldStart("lastMaintenance");
        json.writeStringField("finishedAt", pass.finishedAt().toString());
        json.writeStringField("outcome", pass.outcome());
        json.writeStringField("detail", pass.detail());
        json.writeEndObject();
    }

    private static void instant(JsonGenerator json, String name, Optional<Instant> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get().toString());
        } else {
            json.writeNullField(name);
        }
    }
}
