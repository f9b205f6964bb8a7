package io.alphakeep.command;

import io.alphakeep.advise.doctor.Check;
import io.alphakeep.run.JsonText;
import java.util.List;

/** The JSON form of what the doctor found. */
final class DoctorJson {

    private DoctorJson() {}

    static String of(List<Check> checks) {
        return JsonText.array(json -> {
            for (Check check : checks) {
                json.writeStartObject();
                json.writeStringField("id", check.id());
                json.writeStringField("level", check.level().name());
                json.writeStringField("evidence", check.evidence());
                json.writeStringField("fix", check.fix());
                json.writeEndObject();
            }
        });
    }
}
