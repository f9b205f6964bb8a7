package io.alphakeep.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A stand-in and a real HTTP client in front of it. */
final class Asking implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StandIn standIn;

    Asking(StandInOptions options) {
        this.standIn = StandIn.start(options, () -> {});
    }

    static Asking at(String instant) {
        return new Asking(StandInOptions.defaults().withClock(new SettableClock(instant)));
    }

    StandIn standIn() {
        return standIn;
    }

    /** Asks with a key of its own. */
    HttpResponse<String> ask(String query) throws IOException {
        return askRaw(query + "&apikey=TESTKEY");
    }

    HttpResponse<String> askRaw(String query) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(standIn.url() + "?" + query))
                    .build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String body(String query) {
        try {
            return ask(query).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json(String query) {
        return parse(body(query));
    }

    /** The lines of a CSV answer, without their CRLF; a line that ends otherwise keeps its end. */
    List<String> csv(String query) {
        return List.of(body(query + "&datatype=csv").split("\r\n"));
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Override
    public void close() {
        standIn.close();
    }
}
