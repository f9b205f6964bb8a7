package io.alphakeep.fetch;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.client.api.LoggingScope;

/** The API as the REST client sees it: one address, everything else in the query. */
@Path("")
public interface AlphaVantage extends AutoCloseable {

    /** A {@link Response}, not bytes: its entity is read as a stream, so that a bound can be kept while reading. */
    @GET
    Response query(@RestQuery Map<String, String> parameters);

    @Override
    void close();

    /** A client with connections of its own, which follows no redirect: the key must not travel to another host. */
    static AlphaVantage connect(ApiOptions options) {
        return QuarkusRestClientBuilder.newBuilder()
                // "http://host?..." is no request target: an empty path is "/" (RFC 9110, 4.2.3).
                .baseUri(options.url().getRawPath().isEmpty() ? options.url().resolve("/") : options.url())
                .connectTimeout(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(options.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .enableCompression(true)
                .userAgent(options.userAgent())
                // The address holds the key: it is never logged, whatever the log level.
                .loggingScope(LoggingScope.NONE)
                // A status is an answer here, not an exception.
                .property("microprofile.rest.client.disable.default.mapper", true)
                .build(AlphaVantage.class);
    }
}
