package io.alphakeep.trigger;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import org.jboss.logging.Logger;

/** Says where it listens: with port 0 the system chose. */
@ApplicationScoped
class Listening {

    private static final Logger LOG = Logger.getLogger(Listening.class);

    void on(@ObservesAsync HttpServerStart start) {
        LOG.infof(
                "listening on http://%s:%d",
                start.options().getHost(), start.options().getPort());
    }
}
