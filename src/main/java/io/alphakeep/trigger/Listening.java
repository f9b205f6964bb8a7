package io.alphakeep.trigger;

import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import org.jboss.logging.Logger;

/** Says where it listens: with port 0 the system chose. */
@ApplicationScoped
class Listening {

    private static final Logger LOG = Logger.getLogger(Listening.class);

    private final HttpServer server;

    Listening(HttpServer server) {
        this.server = server;
    }

    void on(@ObservesAsync HttpServerStart start) {
        LOG.infof("listening on http://%s:%d", start.options().getHost(), server.getPort());
    }
}
