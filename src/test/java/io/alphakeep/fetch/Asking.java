package io.alphakeep.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.fetch.FetchOutcome.Broken;
import io.alphakeep.fetch.FetchOutcome.Fault;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the tests of the client share. */
final class Asking {

    private Asking() {}

    /** Nothing but the REST client is started. */
    public static final class NoDatabase implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.devservices.enabled",
                    "false",
                    "quarkus.datasource.active",
                    "false",
                    "quarkus.http.host-enabled",
                    "false",
                    "quarkus.scheduler.enabled",
                    "false");
        }
    }

    static final String KEY = "S3cretKey/+&%41 z";
    static final String ROWS = "{\"Time Series (Daily)\":{\"2024-11-07\":{\"4. close\":\"1\"}}}";
    static final Map<String, String> QUERY = query();

    static Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("function", "TIME_SERIES_DAILY");
        query.put("symbol", "A&B:C^D=E");
        return query;
    }

    static ApiOptions options(URI url, int readMillis, int totalMillis, long maxBytes) {
        return new ApiOptions(
                url,
                KEY,
                Duration.ofSeconds(5),
                Duration.ofMillis(readMillis),
                Duration.ofMillis(totalMillis),
                maxBytes,
                "alphakeep/test");
    }

    static Answer ask(RawServer server, int readMillis, int totalMillis, long maxBytes) {
        try (ApiClient client = new ApiClient(options(server.url("/query"), readMillis, totalMillis, maxBytes))) {
            return client.ask(QUERY, false);
        }
    }

    static Answer ask(RawServer server) {
        return ask(server, 10_000, 20_000, 1 << 20);
    }

    static Fault fault(Answer answer) {
        assertThat(answer.outcome()).isInstanceOf(Broken.class);
        return ((Broken) answer.outcome()).fault();
    }

    static String text(Answer answer) {
        String text = ((Broken) answer.outcome()).text();
        assertThat(text).doesNotContain("S3cret").doesNotContain("apikey").doesNotContain("symbol=");
        return text;
    }
}
