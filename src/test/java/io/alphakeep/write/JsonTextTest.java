package io.alphakeep.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"a\": 1, \"b\": [2, 3]} | {\"a\":1,\"b\":[2,3]} | true",
                "{\"a\": \"x y\"} | { \"a\" : \"x y\" } | true",
                "{\"a\": \"x y\"} | {\"a\":\"xy\"} | false",
                "{\"a b\": 1} | {\"ab\":1} | false",
                "{\"a\": \"q\\\" , r\"} | {\"a\":\"q\\\" , r\"} | true",
                "{\"a\": \"q\\\" , r\"} | {\"a\":\"q\\\",r\"} | false",
                "{\"a\": \"\\\\\", \"b\": 1} | {\"a\":\"\\\\\",\"b\":1} | true",
                "{\"a\": 1} | {\"a\":1.0} | false",
                "{\"a\": 1} | {\"a\":12} | false",
                "{\"a\": 1} | {\"a\": 1} x | false",
                "{\"a\": 1, \"b\": 2} | {\"b\":2,\"a\":1} | false"
            })
    void whiteSpaceBetweenTokensAloneMakesNoDifference(String one, String other, boolean alike) {
        assertThat(JsonText.areAlike(one, other)).isEqualTo(alike);
        assertThat(JsonText.areAlike(other, one)).isEqualTo(alike);
    }
}
