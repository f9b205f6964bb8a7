package io.alphakeep.trigger;

import io.alphakeep.config.Failure;
import io.alphakeep.ledger.RunLine;
import io.alphakeep.run.Engine;
import io.alphakeep.run.JsonText;
import io.alphakeep.run.PlanJson;
import io.alphakeep.run.ReportJson;
import io.alphakeep.run.RunLineJson;
import io.alphakeep.run.Serving;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs by HTTP. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
class RunsResource {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST_LIMIT = 200;

    /** A database that hangs would keep the caller for minutes, and begin a run that nobody waits for any more. */
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(10);

    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");

    private final Engine engine;
    private final Serving serving;

    RunsResource(Engine engine) {
        this.engine = engine;
        this.serving = engine.serving();
    }

    /** Begins a run: 202 and where to look, with {@code ?wait=true} 200 and its report; a plan for {@code dryRun}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(@QueryParam("wait") String wait, @Context HttpServerRequest request, InputStream body) {
        if (wait != null && !wait.equals("true") && !wait.equals("false")) {
            return Answers.error(400, "wait must be true or false.", "Correct the request.");
        }
        if (serving.state() != Serving.State.OPEN) {
            return closed();
        }
        byte[] bytes;
        try {
            bytes = RequestBody.read(body, RunBody.MOST_BYTES, System::nanoTime);
        } catch (RequestBody.SlowBodyException e) {
            return Answers.last(
                    408,
                    "The body did not come within " + RequestBody.MOST_TIME.toSeconds() + " seconds.",
                    "Send it at once.");
        }
        if (bytes.length > RunBody.MOST_BYTES) {
            return Answers.last(
                    Answers.TOO_LARGE,
                    "The body is larger than " + RunBody.MOST_BYTES + " bytes.",
                    "Name fewer symbols, or put them on the watchlist.");
        }
        RunBody.Parsed parsed = RunBody.parse(bytes);
        if (parsed.dryRun()) {
            return Answers.json(200, PlanJson.of(engine.plan(parsed.request())));
        }
        engine.schema()
                .within(engine.transactions().withNetworkTimeout(DATABASE_TIMEOUT))
                .requireCurrent();
        Optional<Serving.Begun> begun = serving.begin(parsed.request());
        if (begun.isEmpty()) {
            return Answers.later(
                    Answers.TOO_MANY,
                    "There are " + Serving.MOST_RUNS + " runs under way in this process.",
                    "Wait for one of them to end; see GET /runs.");
        }
        if (!"true".equals(wait)) {
            return accepted(begun.get());
        }
        Silence.isExpected(request);
        return report(begun.get());
    }

    @GET
    public Response recent(@QueryParam("limit") String limit) {
        if (limit != null && (!NUMBER.matcher(limit).matches() || Long.parseLong(limit) > MOST_LIMIT)) {
            return Answers.error(400, "limit must be a whole number from 1 to " + MOST_LIMIT + ".", "Correct it.");
        }
        int most = limit == null ? DEFAULT_LIMIT : Integer.parseInt(limit);
        return Answers.json(200, RunLineJson.of(engine.runs().recent(most)));
    }

    @GET
    @Path("/{run}")
    public Response one(@PathParam("run") String run) {
        Optional<RunLine> line =
                NUMBER.matcher(run).matches() ? engine.runs().find(Long.parseLong(run)) : Optional.empty();
        if (line.isEmpty()) {
            return Answers.error(404, "There is no such run.", "See GET /runs.");
        }
        return Answers.json(200, engine.runs().report(line.get().run()).orElseGet(() -> RunLineJson.of(line.get())));
    }

    private static Response accepted(Serving.Begun begun) {
        String location = "/runs/" + begun.run();
        return Response.fromResponse(Answers.json(202, JsonText.object(json -> {
                    json.writeNumberField("run", begun.run());
                    json.writeStringField("location", location);
                })))
                .header(HttpHeaders.LOCATION, location)
                .build();
    }

    private static Response report(Serving.Begun begun) {
        return Response.fromResponse(
                        Answers.json(200, ReportJson.of(begun.report().join())))
                .header(Answers.CONNECTION, Answers.CLOSE)
                .build();
    }

    private Response closed() {
        return Answers.of(new Failure(
                Failure.Kind.UNAVAILABLE,
                serving.state() == Serving.State.DRAINING
                        ? "This process is about to end and begins nothing more."
                        : "This process is starting.",
                "Send the request again in a few seconds."));
    }
}
