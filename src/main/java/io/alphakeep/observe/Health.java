package io.alphakeep.observe;

import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.run.Engine;
import io.alphakeep.run.Serving;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * What the probes of a platform ask. A spent allowance is no reason to be out of service, and a database that is gone none
 * to be started anew.
 */
@ApplicationScoped
class Health {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(2);

    /** A server that hangs says nothing of its timeouts either. */
    private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(3);

    private final Engine engine;
    /** Why the database can't be used; empty when it can. */
    private final LastVerdict database;

    Health(Engine engine) {
        this.engine = engine;
        this.database = new LastVerdict(this::look, engine.clock());
    }

    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck alive() {
        return () -> HealthCheckResponse.up("process");
    }

    @Produces
    @Startup
    @ApplicationScoped
    HealthCheck started() {
        return () -> HealthCheckResponse.named("start")
                .status(engine.serving().state() != Serving.State.STARTING)
                .build();
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck ready() {
        return () -> {
            Serving.State state = engine.serving().state();
            if (state != Serving.State.OPEN) {
                return answer("serving", state == Serving.State.DRAINING ? "a signal came" : "not started yet");
            }
            return answer("database and schema", database.trouble());
        };
    }

    private static HealthCheckResponse answer(String name, String trouble) {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named(name).status(trouble.isEmpty());
        return trouble.isEmpty()
                ? answer.build()
                : answer.withData("reason", trouble).build();
    }

    private String look() {
        try {
            engine.schema()
                    .within(engine.transactions()
                            .withLockTimeout(LOCK_TIMEOUT)
                            .withStatementTimeout(STATEMENT_TIMEOUT)
                            .withNetworkTimeout(NETWORK_TIMEOUT))
                    .requireCurrent();
            return "";
        } catch (Failure e) {
            return e.getMessage();
        } catch (DatabaseException e) {
            // The server's words may name users and hosts; the log has them.
            return "the database is not available";
        }
    }
}
