package io.alphakeep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault as a real client meets it. */
class FaultsTest {

    private static final String DAILY = "function=TIME_SERIES_DAILY&symbol=IBM";

    @Test
    void notices() {
        assertThat(always(Fault.THROTTLE)).contains("\"Information\"").contains("(1 request per second)");
        assertThat(always(Fault.QUOTA)).contains("your API key as TESTKEY").contains("25 requests per day");
        assertThat(always(Fault.PREMIUM)).contains("This is a premium endpoint.");
        assertThat(always(Fault.UNKNOWN_SYMBOL)).contains("Invalid API call.").contains("for TIME_SERIES_DAILY.");
        assertThat(always(Fault.KEY_REFUSED)).contains("the parameter apikey is invalid or missing");
        assertThat(always(Fault.EMPTY)).isEmpty();
        assertThat(always(Fault.EMPTY_OBJECT)).isEqualTo("{}");
    }

    @Test
    void aThrottleOfAPaidKeyNamesItsLimit() {
        StandInOptions options = StandInOptions.defaults().withLimits(20, 0, 0).withFaults(Map.of(Fault.THROTTLE, 1.0));
        try (Asking api = new Asking(options)) {
            assertThat(api.body(DAILY)).contains("Burst pattern detected").contains("no more than 20 requests");
        }
    }

    @Test
    void fullAsPremiumSparesCompact() {
        try (Asking api = with(Fault.PREMIUM_FULL)) {
            assertThat(api.body(DAILY)).contains("Time Series (Daily)");
            assertThat(api.body(DAILY + "&outputsize=full"))
                    .contains(
                            "outputsize=full parameter value is a premium feature for the TIME_SERIES_DAILY endpoint.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIME_SERIES_DAILY", "OVERVIEW", "INCOME_STATEMENT", "GLOBAL_QUOTE"})
    void anArtificialSampleHasTheShapeOfData(String function) {
        String query = "function=" + function + "&symbol=IBM&datatype=csv";
        try (Asking api = with(Fault.ARTIFICIAL_SAMPLE);
                Asking real = new Asking(StandInOptions.defaults())) {
            JsonNode sample = api.json(query);
            assertThat(Asking.keys(sample).get(0)).isEqualTo("message");
            assertThat(sample.path("message").asText()).contains("ARTIFICIAL").contains("600 requests per minute");
            JsonNode data = real.json("function=" + function + "&symbol=IBM");
            assertThat(Asking.keys(sample))
                    .hasSize(Asking.keys(data).size() + 1)
                    .containsAll(Asking.keys(data));
        }
    }

    @Test
    void pagesOfTheHost() throws IOException {
        try (Asking api = with(Fault.HTML)) {
            HttpResponse<String> answer = api.ask(DAILY);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/html");
            assertThat(answer.body()).contains("Application Error");
            assertThat(answer.headers().firstValue("X-Alphakeep-Simulated")).contains("true");
        }
        try (Asking api = with(Fault.HTTP_503)) {
            assertThat(api.ask(DAILY).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aTruncatedBodyIsShorterThanAnnounced() {
        try (Asking api = with(Fault.TRUNCATED)) {
            assertThatThrownBy(() -> api.ask(DAILY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("fixed content-length");
        }
    }

    @Test
    void aSlowBodyPausesBetweenPiecesAndIsWhole() throws IOException {
        int[] pauses = new int[1];
        StandInOptions options = StandInOptions.defaults().withFaults(Map.of(Fault.SLOW, 1.0));
        try (StandIn slow = StandIn.start(options, () -> pauses[0]++);
                Asking quick = new Asking(StandInOptions.defaults())) {
            String body = new String(URI.create(slow.url() + "?" + DAILY + "&apikey=k")
                    .toURL()
                    .openStream()
                    .readAllBytes());
            assertThat(body).isEqualTo(quick.body(DAILY));
            assertThat(pauses[0]).isBetween(20, 40);
        }
    }

    @Test
    void aWrongSymbolIsAnothersData() {
        try (Asking api = with(Fault.WRONG_SYMBOL)) {
            assertThat(api.json(DAILY).path("Meta Data").path("2. Symbol").asText())
                    .isEqualTo("MSFT");
            assertThat(api.json("function=OVERVIEW&symbol=MSFT").path("Symbol").asText())
                    .isEqualTo("IBM");
        }
    }

    @Test
    void faultsFollowFromSeedAndCountAtTheirRates() {
        Map<Fault, Double> rates = Map.of(Fault.THROTTLE, 0.2, Fault.EMPTY, 0.1);
        List<?> first = LongStream.range(0, 10_000)
                .mapToObj(new FaultPlan(rates, 7)::at)
                .toList();
        List<?> again = LongStream.range(0, 10_000)
                .mapToObj(new FaultPlan(rates, 7)::at)
                .toList();
        List<?> other = LongStream.range(0, 10_000)
                .mapToObj(new FaultPlan(rates, 8)::at)
                .toList();
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(first.stream().filter(Optional.of(Fault.THROTTLE)::equals).count())
                .isBetween(1_850L, 2_150L);
        assertThat(first.stream().filter(Optional.of(Fault.EMPTY)::equals).count())
                .isBetween(880L, 1_120L);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultIsReadByItsWord(Fault fault) {
        assertThat(Fault.parse(fault.word() + "=0.25")).isEqualTo(Map.entry(fault, 0.25));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "throttle",
                "throttle=",
                "throttle=x",
                "throttle=1.1",
                "throttle=-0.1",
                "throttle=NaN",
                "fire=1"
            })
    void anythingElseIsNamedBesideTheKinds(String text) {
        assertThatThrownBy(() -> Fault.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("throttle, quota, premium")
                .hasMessageContaining("wrong-symbol");
    }

    private static Asking with(Fault fault) {
        return new Asking(StandInOptions.defaults().withFaults(Map.of(fault, 1.0)));
    }

    private static String always(Fault fault) {
        try (Asking api = with(fault)) {
            return api.body(DAILY);
        }
    }
}
