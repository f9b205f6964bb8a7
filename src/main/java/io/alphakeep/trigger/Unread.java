package io.alphakeep.trigger;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Ends connections that nothing else would end: after an answer that was given before the whole body came, since the server
 * would go on reading, as slowly and for as long as the other side likes to send; and after a report that was waited for, since
 * such a connection is no longer watched ({@link Silence}). The header announces it, so that a client sends nothing more on it;
 * alone it is not enough: closing would be the client's then.
 */
@ApplicationScoped
class Unread {

    /** Before whatever may answer. */
    private static final int FIRST = 10_000;

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    HttpServerRequest request = context.request();
                    boolean body = hasBody(request);
                    context.addHeadersEndHandler(begun -> {
                        if (body && !request.isEnded() || Silence.wasExpected(request)) {
                            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                            context.addEndHandler(
                                    answered -> request.connection().close());
                        }
                    });
                    context.next();
                },
                FIRST);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || length != null && !length.equals("0");
    }
}
