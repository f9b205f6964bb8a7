package io.alphakeep.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.config.Failure;
import io.alphakeep.market.Symbol;
import io.alphakeep.run.RunRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunBodyTest {

    private static RunBody.Parsed parse(String body) {
        return RunBody.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyKeyArrives() {
        RunBody.Parsed parsed = parse("""
                {"only": ["IBM", "MSFT"], "functions": ["overview", "TIME_SERIES_INTRADAY:5min"], "since": "2020-01-31",
                 "maxRequests": 7, "refresh": true, "dryRun": true, "exclusive": true, "timeout": "10m"}
                """);
        assertThat(parsed)
                .isEqualTo(new RunBody.Parsed(
                        new RunRequest(
                                "http",
                                List.of(new Symbol("IBM"), new Symbol("MSFT")),
                                List.of("OVERVIEW", "TIME_SERIES_INTRADAY:5min"),
                                Optional.of(LocalDate.of(2020, 1, 31)),
                                OptionalInt.of(7),
                                true,
                                Optional.of(Duration.ofMinutes(10)),
                                true),
                        true));
        assertThat(parse("")).isEqualTo(new RunBody.Parsed(RunRequest.due("http"), false));
        assertThat(parse("{}")).isEqualTo(parse(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | not a JSON object",
                "{} {} | follows",
                "{\"only\": [\"IBM\"] | not JSON",
                "{\"refresh\": true, \"refresh\": false} | refresh",
                "{\"onlyy\": []} | did you mean only?",
                "{\"only\": \"IBM\"} | only: it must be a list",
                "{\"only\": [7]} | only: a text",
                "{\"only\": [[]]} | only: a text",
                "{\"since\": \"yesterday\"} | since: 'yesterday' is not a date",
                "{\"since\": null} | since",
                "{\"timeout\": \"10\"} | timeout: '10' is not a duration",
                "{\"maxRequests\": 0} | maxRequests: it must be",
                "{\"maxRequests\": 1.5} | maxRequests: it must be",
                "{\"maxRequests\": 99999999999} | maxRequests: it must be",
                "{\"refresh\": \"true\"} | refresh: it must be true or false"
            })
    void whatIsWrongIsNamed(String body, String named) {
        assertThatThrownBy(() -> parse(body)).isInstanceOfSatisfying(Failure.class, f -> {
            assertThat(f.kind()).isEqualTo(Failure.Kind.USAGE);
            assertThat(f.getMessage()).contains(named);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"only\": [\"IBM\"] | line 1, column 17: Unexpected end-of-input: expected close marker for Object",
                "{\"only\": | line 1, column 9: Unexpected end-of-input within/between Object entries",
                "{only: 1} | line 1, column 2: Unexpected character ('o' (code 111)): was expecting double-quote",
                "{\"refresh\": NaN} | Non-standard token 'NaN'",
                "{\"maxRequests\": 07} | Invalid numeric value: Leading zeroes not allowed",
                "{\"only\": [\"I\tBM\"]} | Illegal unquoted character",
                "{\"since\": yes} | Unrecognized token 'yes'",
                "x | line 1, column 1: Unrecognized token 'x'"
            })
    void whatIsNoJsonIsToldByItsPlaceInOurWords(String body, String told) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("the body is not JSON at line 1, column ")
                .hasMessageContaining(told)
                .hasMessageNotContainingAny("Source", "REDACTED", "`", "Feature", "byte ");
    }

    @Test
    void whatIsLikeNoKeyIsNotGuessedAt() {
        assertThatThrownBy(() -> parse("{\"bad\": 1}"))
                .hasMessage("the key 'bad' is not known; there are: only, functions, since, maxRequests, refresh,"
                        + " dryRun, exclusive, timeout");
    }

    @Test
    void symbolsAreBounded() {
        String thousand = "\"A\",".repeat(999) + "\"A\"";
        assertThat(parse("{\"only\": [" + thousand + "]}").request().only()).hasSize(1000);
        assertThatThrownBy(() -> parse("{\"only\": [" + thousand + ",\"A\"]}")).hasMessageContaining("more than 1000");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "Bearer 0123456789abcdef, true",
                "bearer 0123456789abcdef, true",
                "BEARER  0123456789abcdef, true",
                "Bearer 0123456789abcdee, false",
                "Bearer 0123456789abcde, false",
                "Bearer 0123456789abcdefg, false",
                "Bearer 0123456789ABCDEF, false",
                "Bearer 0123456789abcdef x, false",
                "Bearer0123456789abcdef, false",
                "0123456789abcdef, false",
                "Basic 0123456789abcdef, false",
                "Digest 0123456789abcdef, false",
                "'Bearer ', false",
                "Bearer, false",
                "'', false",
                "none, false"
            })
    void theTokenIsTheWholeToken(String header, boolean fits) {
        assertThat(new Token("0123456789abcdef").isIn(header)).isEqualTo(fits);
    }
}
