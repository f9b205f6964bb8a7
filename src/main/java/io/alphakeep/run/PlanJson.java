package io.alphakeep.run;

import io.alphakeep.plan.Omission;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlannedRequest;
import io.alphakeep.plan.Size;
import java.util.Locale;

/** The JSON form of a plan. */
public final class PlanJson {

    private PlanJson() {}

    /** How much history is asked, in a word; empty for a function without a choice. */
    public static String size(PlannedRequest planned) {
        return planned.size() == Size.NONE ? "" : planned.size().name().toLowerCase(Locale.ROOT);
    }

    public static String of(Plan plan) {
        return JsonText.object(json -> {
            json.writeArrayFieldStart("requests");
            for (PlannedRequest planned : plan.requests()) {
                json.writeStartObject();
                json.writeStringField("ticker", planned.series().symbol().text());
                json.writeStringField("function", planned.series().functionText());
                json.writeStringField("size", size(planned));
                if (planned.month().isPresent()) {
                    json.writeStringField("month", planned.month().get().toString());
                }
                json.writeNumberField("priority", planned.priority());
                json.writeNumberField("value", Math.round(planned.value() * 1_000) / 1_000.0);
                json.writeStringField("reason", planned.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("omissions");
            for (Omission omission : plan.omissions()) {
                json.writeStartObject();
                json.writeStringField("ticker", omission.series().symbol().text());
                json.writeStringField("function", omission.series().functionText());
                json.writeStringField("reason", omission.reason());
                if (omission.dueAt().isPresent()) {
                    json.writeStringField("dueAt", omission.dueAt().get().toString());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
