package io.alphakeep.command;

import io.alphakeep.maintain.policy.Policies;
import io.alphakeep.run.JsonText;

/** The JSON form of the policies. */
final class PolicyJson {

    private PolicyJson() {}

    static String of(Policies policies) {
        return JsonText.object(json -> {
            json.writeArrayFieldStart("policies");
            for (Policies.Value value : policies.all()) {
                json.writeStartObject();
                json.writeStringField("name", value.policy().name());
                json.writeStringField("value", value.text());
                json.writeStringField("from", PolicyCommand.from(value));
                json.writeStringField("default", value.policy().defaultText());
                json.writeStringField("problem", value.problem());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
