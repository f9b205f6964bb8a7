package io.alphakeep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** The door by HTTP of a process that serves, as somebody uses it who has the token. */
public final class Door {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String token;
    private volatile String url = "";

    public Door(String token) {
        this.token = token;
    }

    /** @param origin as {@code http://127.0.0.1:8080}; empty = not known yet */
    public void at(String origin) {
        url = origin;
    }

    public boolean isKnown() {
        return !url.isEmpty();
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, "Bearer " + token, null, null);
    }

    public HttpResponse<String> post(String query, String body) {
        return send("POST", "/runs" + query, "Bearer " + token, "application/json", body);
    }

    /** A GET that others may overtake, without authorization. */
    public CompletableFuture<HttpResponse<String>> ask(String path) {
        return client.sendAsync(request("GET", path, null, null, null), HttpResponse.BodyHandlers.ofString());
    }

    /** Authorization, type and body are left out where they are null. */
    public HttpResponse<String> send(String method, String path, String authorization, String type, String body) {
        try {
            return client.send(request(method, path, authorization, type, body), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String method, String path, String authorization, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        return request.build();
    }

    /** What every answer has, and every error; neither tells the token nor where in the program it was. */
    public JsonNode check(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        JsonNode json = Json.read(answer.body());
        if (status >= 400) {
            assertThat(json.at("/error").asText()).isNotBlank();
            assertThat(json.at("/next").asText()).isNotBlank();
            assertThat(answer.body()).doesNotContain("Exception", token, "\tat ");
        }
        return json;
    }
}
