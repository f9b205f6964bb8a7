package io.alphakeep.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.decode.Recorded;
import io.alphakeep.fetch.FetchOutcome.Broken;
import io.alphakeep.fetch.FetchOutcome.Data;
import io.alphakeep.fetch.FetchOutcome.Empty;
import io.alphakeep.fetch.FetchOutcome.NotEntitled;
import io.alphakeep.fetch.FetchOutcome.QuotaExhausted;
import io.alphakeep.fetch.FetchOutcome.Throttled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerClassifierTest {

    private static final String KEY = "XXXX";

    private static FetchOutcome classify(int status, String type, String body, boolean csv) {
        return new AnswerClassifier(new Redaction(KEY))
                .classify(status, type, Body.of(body.getBytes(StandardCharsets.UTF_8)), csv);
    }

    private static FetchOutcome json(String body) {
        return classify(200, "application/json", body, false);
    }

    /** Our own wordings of what the API says, by the rule each must hit. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "key       | Error Message | the parameter apikey is invalid or missing. Please claim your free API key",
                "function  | Error Message | This API function (FOO) does not exist.",
                "symbol    | Error Message | Invalid API call. Please retry or visit the documentation for TIME_SERIES_DAILY.",
                "key       | Information   | The **demo** API key is for demo purposes only. Please claim your free API key",
                "empty     | Information   | No articles found. Please adjust the time range",
                "symbol    | Information   | Invalid inputs. Please refer to the API documentation",
                "premium   | Information   | Thank you! This is a premium endpoint. You may subscribe to any of the premium plans",
                "premium   | Information   | Thank you! The outputsize=full parameter value is a premium feature for the endpoint.",
                "premium   | Information   | You are not yet entitled to index data",
                "function  | Note          | This has been merged with the regular TIME_SERIES_INTRADAY API",
                "throttled | Information   | Please consider spreading out your free API requests more sparingly (1 request per second). to lift the free key rate limit (25 requests per day), and instantly unlock all premium endpoints",
                "throttled | Information   | Burst pattern detected. across a 1-minute window and query no more than 20 requests per second.",
                "throttled | Information   | Minute-level rate limit exceed. Please stay under the number of API requests per minute",
                "throttled | Note          | Our standard API call frequency is 5 calls per minute and 500 calls per day.",
                "throttled | Information   | Please visit /premium/ if you would like to have a higher API call volume.",
                "throttled | Information   | Please contact premium@example.org if you are targeting a higher API call volume.",
                "quota     | Information   | We have detected your API key as XXXX and our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans",
                "quota     | Note          | Our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans",
                "quota     | Information   | You have reached the 100 requests/day limit for your free API key. premium plans",
                "unknown   | Information   | We are moving to a premium data centre, mind your API key.",
                "unknown   | message       | Something new is going on",
            })
    void textsLandInTheirClass(String kind, String key, String text) {
        for (int status : new int[] {200, 403}) {
            FetchOutcome outcome = classify(status, "application/json", "{\"" + key + "\": \"" + text + "\"}", true);
            assertThat(outcome.kind()).isEqualTo(kind);
            assertThat(outcome.toString()).doesNotContain(KEY);
        }
    }

    @Test
    void pausesAreByWindow() {
        assertThat(json("{\"Information\":\"1 request per second\"}"))
                .isEqualTo(new Throttled("1 request per second", Duration.ofSeconds(2)));
        assertThat(json("{\"Note\":\"5 calls per minute\"}"))
                .isEqualTo(new Throttled("5 calls per minute", Duration.ofSeconds(60)));
    }

    @Test
    void onlyTheOutputSizeMayBeRefused() {
        assertThat(json("{\"Information\":\"The outputsize=full parameter value is a premium feature\"}"))
                .isInstanceOfSatisfying(
                        NotEntitled.class, e -> assertThat(e.fullOnly()).isTrue());
        assertThat(json("{\"Information\":\"This is a premium endpoint.\"}"))
                .isInstanceOfSatisfying(
                        NotEntitled.class, e -> assertThat(e.fullOnly()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"endpoint\":\"E\",\"message\":\"This is a premium endpoint. ***THE SAMPLE DATA SCHEMA BELOW IS ARTIFICIAL AND FOR ILLUSTRATION PURPOSES ONLY***. 600 requests per minute\",\"data\":[{\"symbol\":\"XXYYZZ\"}]}",
                "{\"data\":[{\"symbol\":\"IBM\"}],\"message\":\"artificial rows, 25 requests per day\"}",
                "{\"message\":\"artificial\",\"data\":[]}"
            })
    void artificialSamplesAreNeverData(String body) {
        assertThat(json(body)).isInstanceOf(NotEntitled.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a company that works on artificial intelligence and is rated by premium API keys per second
                "{\"Symbol\":\"AI\",\"Description\":\"artificial intelligence, requests per day\",\"a\":\"1\",\"b\":\"2\",\"Note\":\"per second\"}",
                "{\"Meta Data\":{\"Information\":\"requests per day\",\"Error Message\":\"x\"},\"S\":{\"2024-11-07\":{}}}",
                "{\"Information\":\"5 calls per minute\",\"Time Series (Daily)\":{\"2024-11-07\":{\"1. open\":\"1\"}}}",
                "{\"endpoint\":\"Quotes\",\"message\":\"success\",\"data\":[{\"a\":1}]}",
                "\uFEFF  {\"a\":{\"b\":1}}",
                "[{\"a\":1}]"
            })
    void dataIsNeverMistakenForANotice(String body) {
        assertThat(json(body))
                .isInstanceOfSatisfying(
                        Data.class, data -> assertThat(data.csv()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"Global Quote\": {}}",
                "{\"bestMatches\": []}",
                "{\"data\":[]}",
                " {} \n",
                "{\"symbol\":\"X\",\"annualReports\":[],\"quarterlyReports\":[]}",
                "{\"Meta Data\":{\"a\":\"b\"},\"S\":{}}",
                "{\"endpoint\":\"E\",\"message\":\"success\",\"data\":[]}"
            })
    void nothingIsNoError(String body) {
        assertThat(json(body)).isInstanceOf(Empty.class);
    }

    @Test
    void csvIsToldByItsFirstByteAndItsLines() {
        assertThat(classify(200, "application/x-download", "timestamp,open\r\n2024-11-07,1\r\n", true))
                .isInstanceOfSatisfying(
                        Data.class, data -> assertThat(data.csv()).isTrue());
        assertThat(classify(200, "application/json", "timestamp,open\n2024-11-07,1\n", true))
                .isInstanceOf(Data.class);
        assertThat(classify(200, "application/x-download", "timestamp,open\n2024-11-07,1\n", false))
                .isInstanceOf(Data.class);
        assertThat(classify(200, "application/x-download", "timestamp,adjusted close\r\n", true))
                .isInstanceOf(Empty.class);
        assertThat(classify(200, "application/x-download", "timestamp,open", true))
                .isInstanceOf(Empty.class);
        assertThat(classify(200, "text/plain", "Our rate limit is 25 requests per day.", true))
                .isInstanceOf(QuotaExhausted.class);
        assertThat(classify(200, "text/plain", "upstream error", true).kind()).isEqualTo("malformed");
        assertThat(classify(200, "text/plain", "timestamp,open\n2024-11-07,1\n", false)
                        .kind())
                .isEqualTo("malformed");
        assertThat(classify(200, "application/x-download", "{\"S\":{\"a\":1}}", true))
                .isInstanceOfSatisfying(
                        Data.class, data -> assertThat(data.csv()).isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "http-status | 503 | text/html        | <html>Application Error",
                "http-status | 500 | application/json | {\"a\":{\"b\":1}}",
                "http-status | 429 | application/json | {\"Information\":\"requests per day\"}",
                "http-status | 408 | application/json | {}",
                "http-status | 404 | text/html        | <html>",
                "http-status | 403 | application/json | {\"error\":\"x\"}",
                "http-status | 403 | application/json | {\"Information\":",
                "http-status | 301 | text/html        | ~~",
                "html        | 200 | text/html        | <!DOCTYPE html><html>",
                "html        | 200 | application/json |   <html>",
                "html        | 200 | text/html        | We will be back",
                "no-body     | 200 | application/json | ~~",
                "no-body     | 204 | ~~               | ~~",
                "no-body     | 200 | ~~               | \uFEFF",
                "malformed   | 200 | application/json | {\"a\":{\"b\":1}",
                "malformed   | 200 | application/json | {\"a\":{\"b\":\"1",
                "malformed   | 200 | application/json | {\"a\":",
                "malformed   | 200 | application/json | {\"a\":[1,2",
                "malformed   | 200 | application/json | {\"a\"",
                "malformed   | 200 | application/json | {\"a\":{}} {}",
                "malformed   | 200 | application/json | {\"a\":{}}x",
                "malformed   | 200 | application/json | \"text\"",
                "malformed   | 200 | application/json | null",
            })
    void whatIsNoAnswerIsBroken(String kind, int status, String type, String body) {
        FetchOutcome outcome = classify(status, type, body, false);
        assertThat(outcome).isInstanceOf(Broken.class);
        assertThat(outcome.kind()).isEqualTo(kind);
    }

    @Test
    void aPageThatEchoesTheAddressDoesNotGiveTheKeyAway() {
        String key = "SECRETKEY123";
        for (String body : new String[] {
            "<html>/query?symbol=IBM&apikey=SECRETKEY123</html>",
            "<html>" + "x".repeat(270) + "secretkey123</html>",
            "{\"Information\":\"We have detected your API key as SECRETKEY123 and our standard API rate limit is 25\"}",
            "{\"oops SECRETKEY123",
        }) {
            for (String type : new String[] {"text/html", "application/json", "text/plain"}) {
                FetchOutcome outcome = new AnswerClassifier(new Redaction(key))
                        .classify(200, type, Body.of(body.getBytes(StandardCharsets.UTF_8)), true);
                assertThat(outcome.toString()).doesNotContainIgnoringCase("secret");
            }
        }
    }

    private static final Map<String, String> ERRORS = Map.ofEntries(
            Map.entry("ApiLimit", "throttled"),
            Map.entry("_Error.", "symbol"),
            Map.entry("PremiumMessage", "throttled"),
            Map.entry("empty_best_matches", "empty"),
            Map.entry("empty_global_quote", "empty"),
            Map.entry("empty_object", "empty"),
            Map.entry("apikey_missing_or_invalid", "key"),
            Map.entry("function_does_not_exist", "function"),
            Map.entry("invalid_api_call", "symbol"),
            Map.entry("burst_1_per_second", "throttled"),
            Map.entry("burst_pattern_20", "throttled"),
            Map.entry("quota_100_per_day", "quota"),
            Map.entry("quota_thank_you", "quota"),
            Map.entry("quota_with_key_echo", "quota"),
            Map.entry("demo_key", "key"),
            Map.entry("higher_call_volume", "throttled"),
            Map.entry("minute_level_limit", "throttled"),
            Map.entry("news_invalid_inputs", "symbol"),
            Map.entry("news_no_articles", "empty"),
            Map.entry("premium_endpoint", "premium"),
            Map.entry("premium_parameter", "premium"));

    @TestFactory
    Stream<DynamicTest> everyRecordedErrorLandsInItsClass() throws IOException {
        try (Stream<Path> files = Files.list(Recorded.folder().resolve("_ERRORS"))) {
            return files.toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                        String kind = ERRORS.entrySet().stream()
                                .filter(entry -> file.getFileName().toString().contains(entry.getKey()))
                                .map(Map.Entry::getValue)
                                .findFirst()
                                .orElseThrow();
                        FetchOutcome outcome = classify(200, "application/json", Files.readString(file), false);
                        assertThat(outcome.kind()).isEqualTo(kind);
                        assertThat(outcome.toString()).doesNotContain(KEY);
                    }));
        }
    }

    /** Everything else that was ever recorded is data, but for the samples, which say that they are artificial. */
    @Test
    void everyRecordedPayloadIsData() throws IOException {
        Path folder = Recorded.folder();
        int data = 0;
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*[.](json|csv)")).toList()) {
                if (file.getParent().endsWith("_ERRORS")) {
                    continue;
                }
                boolean csv = file.toString().endsWith(".csv");
                byte[] body = Files.readAllBytes(file);
                FetchOutcome outcome =
                        new AnswerClassifier(new Redaction("QWERTY")).classify(200, "", Body.of(body), csv);
                boolean sample = new String(body, StandardCharsets.UTF_8).contains("IS ARTIFICIAL");
                assertThat(outcome).as(file.toString()).isInstanceOf(sample ? NotEntitled.class : Data.class);
                data += sample ? 0 : 1;
            }
        }
        assertThat(data).isGreaterThan(100);
    }
}
