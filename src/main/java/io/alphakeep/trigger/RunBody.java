package io.alphakeep.trigger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.alphakeep.config.Failure;
import io.alphakeep.config.Nearest;
import io.alphakeep.run.RequestForms;
import io.alphakeep.run.RunRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /runs}: one JSON object of at most {@value #MOST_BYTES} bytes, each key at most once, with the forms
 * that the options of the command line have.
 */
final class RunBody {

    static final int MOST_BYTES = 64 * 1024;
    static final int MOST_SYMBOLS = 1_000;
    static final int MOST_FUNCTIONS = 100;

    private static final List<String> KEYS =
            List.of("only", "functions", "since", "maxRequests", "refresh", "dryRun", "exclusive", "timeout");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern OF_THE_PARSER = Pattern.compile("\\s*(\\(start marker at|[(:,;][^(:,;]*`).*");

    /** A run to begin, or to plan only. */
    record Parsed(RunRequest request, boolean dryRun) {}

    private RunRequest request = RunRequest.due(RunRequest.HTTP);
    private boolean dryRun;

    private RunBody() {}

    /**
     * @param body empty = everything that is due
     * @throws Failure 2 that names the key and what is wrong with it
     */
    static Parsed parse(byte[] body) {
        RunBody read = new RunBody();
        if (body.length > 0) {
            read.read(body);
        }
        return new Parsed(read.request, read.dryRun);
    }

    private void read(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw bad("the body is not a JSON object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                json.nextToken();
                try {
                    field(key, json);
                } catch (IllegalArgumentException e) {
                    throw bad(key + ": " + e.getMessage());
                }
            }
            if (json.nextToken() != null) {
                throw bad("something follows the JSON object");
            }
        } catch (JsonProcessingException e) {
            throw bad("the body is not JSON" + place(e.getLocation()) + ": " + reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(JsonLocation at) {
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** The parser's first sentence, without what it tells of itself: where it reads from, and its own switches. */
    private static String reason(JsonProcessingException e) {
        String text = e.getOriginalMessage().lines().findFirst().orElse("");
        return OF_THE_PARSER.matcher(text).replaceFirst("");
    }

    private void field(String key, JsonParser json) throws IOException {
        RunRequest r = request;
        switch (key) {
            case "only" -> request = r.withOnly(list(json, MOST_SYMBOLS, RequestForms::symbol));
            case "functions" -> request = r.withFunctions(list(json, MOST_FUNCTIONS, RequestForms::function));
            case "since" -> request = r.withSince(Optional.of(RequestForms.date(text(json))));
            case "maxRequests" -> request = r.withMaxRequests(OptionalInt.of(number(json)));
            case "refresh" -> request = r.withRefresh(flag(json));
            case "dryRun" -> dryRun = flag(json);
            case "exclusive" -> request = r.withExclusive(flag(json));
            case "timeout" -> request = r.withTimeout(Optional.of(RequestForms.duration(text(json))));
            default -> throw bad("the key '" + key + "' is not known" + Nearest.orOneOf(key, KEYS));
        }
    }

    private static <T> List<T> list(JsonParser json, int most, Function<String, T> form) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("it must be a list of texts");
        }
        List<T> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (list.size() == most) {
                throw new IllegalArgumentException("there are more than " + most);
            }
            list.add(form.apply(text(json)));
        }
        return list;
    }

    private static String text(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("a text is expected");
        }
        return json.getText();
    }

    private static boolean flag(JsonParser json) throws IOException {
        if (!json.currentToken().isBoolean()) {
            throw new IllegalArgumentException("it must be true or false");
        }
        return json.getBooleanValue();
    }

    private static int number(JsonParser json) throws IOException {
        String form = "it must be a whole number, " + RequestForms.MAX_REQUESTS;
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() != JsonParser.NumberType.INT
                || json.getIntValue() < 1) {
            throw new IllegalArgumentException(form);
        }
        return json.getIntValue();
    }

    private static Failure bad(String what) {
        return new Failure(Failure.Kind.USAGE, what, "correct the body; the README lists its keys");
    }
}
