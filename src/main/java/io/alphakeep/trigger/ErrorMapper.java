package io.alphakeep.trigger;

import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.run.DatabaseTrouble;
import io.alphakeep.run.Engine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/** Every error as an answer of two sentences. */
@Provider
@ApplicationScoped
class ErrorMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);

    private final Engine engine;

    @Context
    UriInfo path;

    ErrorMapper(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof Failure failure) {
            return Answers.of(failure);
        }
        if (thrown instanceof DatabaseException trouble) {
            return Answers.of(DatabaseTrouble.explain(trouble, engine.place().database()));
        }
        if (thrown instanceof WebApplicationException refused) {
            return refused(refused.getResponse());
        }
        LOG.error("an HTTP request failed unexpectedly", thrown);
        return Answers.error(500, "Something unexpected went wrong.", "See the log of alphakeep.");
    }

    private Response refused(Response refused) {
        int status = refused.getStatus();
        Response.ResponseBuilder answer = switch (status) {
            case 404 ->
                Answers.errorBuilder(
                        status, "There is nothing at this path.", "See POST /runs, GET /runs, GET /runs/{run}.");
            case 405 ->
                Answers.errorBuilder(
                        status, "This method is not for this path.", "See POST /runs, GET /runs, GET /runs/{run}.");
            case 406 -> Answers.errorBuilder(status, "The answer is JSON.", "Send Accept: application/json, or none.");
            case 415 -> Answers.errorBuilder(status, "The body must be JSON.", "Send Content-Type: application/json.");
            default ->
                Answers.errorBuilder(
                        status,
                        "The request was refused: " + refused.getStatusInfo().getReasonPhrase() + ".",
                        "Correct the request.");
        };
        if (status == 405) {
            answer.header(HttpHeaders.ALLOW, path.getPath().matches("/runs/?") ? "GET, POST" : "GET");
        }
        return answer.build();
    }
}
