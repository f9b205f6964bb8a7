package io.alphakeep.trigger;

import io.alphakeep.config.Failure;
import io.alphakeep.run.JsonText;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What is sent back: JSON, and for an error what is wrong and what to do. */
final class Answers {

    static final int TOO_LARGE = 413;
    static final int TOO_MANY = 429;

    static final String CONNECTION = "Connection";
    static final String CLOSE = "close";

    private static final String RETRY_SECONDS = "10";

    private Answers() {}

    static Response json(int status, String body) {
        return builder(status, body).build();
    }

    static Response error(int status, String error, String next) {
        return errorBuilder(status, error, next).build();
    }

    /** Whatever else comes by this connection is not read. */
    static Response last(int status, String error, String next) {
        return errorBuilder(status, error, next).header(CONNECTION, CLOSE).build();
    }

    /** It may be asked again in a while. */
    static Response later(int status, String error, String next) {
        return errorBuilder(status, error, next)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }

    static Response of(Failure failure) {
        return switch (failure.kind()) {
            case USAGE -> error(400, failure.getMessage(), failure.next());
            case NOTHING_NOW -> error(409, failure.getMessage(), failure.next());
            case UNAVAILABLE -> later(503, failure.getMessage(), failure.next());
            case CONFIGURATION, UNEXPECTED -> error(500, failure.getMessage(), failure.next());
        };
    }

    static Response.ResponseBuilder errorBuilder(int status, String error, String next) {
        return builder(status, JsonText.object(json -> {
            json.writeStringField("error", error);
            json.writeStringField("next", next);
        }));
    }

    private static Response.ResponseBuilder builder(int status, String body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body + "\n");
    }
}
