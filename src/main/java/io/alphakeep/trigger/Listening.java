package io.alphakeep.trigger;

import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Setting;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import org.jboss.logging.Logger;

/** Says where it listens, since with port 0 the system chose, and whether whoever gets there may start runs. */
@ApplicationScoped
class Listening {

    private static final Logger LOG = Logger.getLogger(Listening.class);

    private final HttpServer server;
    private final boolean platform;

    Listening(HttpServer server, AlphakeepConfig config) {
        this.server = server;
        this.platform = Setting.PLATFORM.equals(config.http().auth());
    }

    void on(@ObservesAsync HttpServerStart start) {
        LOG.infof("listening on http://%s:%d", start.options().getHost(), server.getPort());
        if (platform) {
            LOG.warnf(
                    "%s is %s: runs are accepted without a token; let nobody reach the port but through what authenticates"
                            + " callers (the invoker role of Cloud Run, a proxy)",
                    Setting.HTTP_AUTH.variable(), Setting.PLATFORM);
        }
    }
}
