package io.alphakeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayApiTest {

    @Test
    void answersAsTheApiDoesAndMovesOn() throws Exception {
        SeriesBars series = SeriesBars.daily("Y", 7, 101);
        try (ReplayApi api = new ReplayApi()) {
            assertThat(asked(api, "Y7").statusCode()).isEqualTo(404);
            api.serve(List.of(series.slice(0, 100)));
            String first = asked(api, "Y7").body();
            assertThat(first).contains("\"2. Symbol\": \"Y7\"", "Time Series (Daily)", "\"5. volume\"");
            assertThat(first.split("1. open", -1)).hasSize(101);
            api.serve(List.of(series.slice(1, 101)));
            assertThat(asked(api, "Y7").body())
                    .isNotEqualTo(first)
                    .contains(series.bars().timestamp(100).toString().substring(0, 10));
        }
    }

    private static HttpResponse<String> asked(ReplayApi api, String symbol) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(api.url() + "?function=TIME_SERIES_DAILY&symbol=" + symbol))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
