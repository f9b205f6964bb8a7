package io.alphakeep.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.alphakeep.advise.Advice;
import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.run.JsonText;
import java.io.IOException;

/** The JSON form of the advice. */
final class AdviseJson {

    private AdviseJson() {}

    static String of(Advice advice) {
        return JsonText.object(json -> {
            json.writeObjectFieldStart("count");
            for (Severity severity : Severity.values()) {
                json.writeNumberField(severity.text(), advice.count(severity));
            }
            json.writeEndObject();
            json.writeArrayFieldStart("findings");
            for (Finding finding : advice.findings()) {
                write(json, finding);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("unseen");
            for (String unseen : advice.unseen()) {
                json.writeString(unseen);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", finding.id());
        json.writeStringField("severity", finding.severity().text());
        json.writeStringField("subject", finding.subject());
        json.writeStringField("evidence", finding.evidence());
        json.writeStringField("why", finding.why());
        json.writeArrayFieldStart("changes");
        for (Change change : finding.changes()) {
            json.writeStartObject();
            json.writeStringField("sql", change.sql());
            json.writeStringField("undo", change.undo());
            json.writeStringField("effect", change.effect().text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("next", finding.next());
        json.writeStringField("manual", finding.manual());
        json.writeEndObject();
    }
}
