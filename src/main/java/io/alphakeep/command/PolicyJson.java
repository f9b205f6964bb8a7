package io.alphakeep.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.alphakeep.maintain.policy.Policies;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The JSON form of the policies. */
final class PolicyJson {

    private static final JsonFactory JSON = new JsonFactory();

    private PolicyJson() {}

    static String of(Policies policies) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
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
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
