package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Reject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesDecoderTest {

    private static final String INTRADAY = "TIME_SERIES_INTRADAY:5min";

    @Test
    void readsAllColumnsOfAnAdjustedSeries() {
        Decoded decoded = Decode.json("TIME_SERIES_DAILY_ADJUSTED", """
                {"Meta Data": {"1. Information": "x", "2. Symbol": "IBM", "5. Time Zone": "US/Eastern"},
                 "Time Series (Daily)": {
                  "2024-11-07": {"1. open": "10.10", "2. high": "12", "3. low": "9.5", "4. close": "11.0000",
                    "5. adjusted close": "10.95000", "6. volume": "1234567", "7. dividend amount": "0.2500",
                    "8. split coefficient": "1.0"},
                  "2024-11-06": {"4. close": "1"}}}""");
        assertThat(decoded.bars().asList()).hasSize(2);
        Bar bar = decoded.bars().asList().get(1);
        assertThat(bar)
                .isEqualTo(new Bar(
                        Instant.parse("2024-11-07T00:00:00Z"),
                        new BigDecimal("10.10"),
                        new BigDecimal("12"),
                        new BigDecimal("9.5"),
                        new BigDecimal("11.0000"),
                        new BigDecimal("1234567"),
                        new BigDecimal("10.95000"),
                        new BigDecimal("0.2500"),
                        new BigDecimal("1.0"),
                        null));
        assertThat(decoded.bars().asList().get(0).timestamp()).isEqualTo("2024-11-06T00:00:00Z");
        assertThat(decoded.echoedSymbol()).contains("IBM");
        assertThat(decoded.meta())
                .isEqualTo("{\"1. Information\":\"x\",\"2. Symbol\":\"IBM\",\"5. Time Zone\":\"US/Eastern\"}");
        assertThat(decoded.rejects()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp,open,close,adjusted_close,dividend_amount",
                "time,open,close,adjusted close,dividend amount"
            })
    void readsCsvWithEitherLineEndAndEitherSpelling(String header) {
        for (String end : new String[] {"\n", "\r\n"}) {
            Decoded decoded = Decode.csv(
                    "TIME_SERIES_WEEKLY_ADJUSTED",
                    header + end + "2024-11-08,1.10,2,3,0.5" + end + "2024-11-01,1,None,,0" + end);
            assertThat(decoded.rejects()).isEmpty();
            assertThat(decoded.bars().asList()).hasSize(2);
            Bar newer = decoded.bars().asList().get(1);
            assertThat(newer.open()).isEqualTo(new BigDecimal("1.10"));
            assertThat(newer.adjustedClose()).isEqualTo(new BigDecimal("3"));
            assertThat(newer.dividendAmount()).isEqualTo(new BigDecimal("0.5"));
            Bar older = decoded.bars().asList().get(0);
            assertThat(older.close()).isNull();
            assertThat(older.adjustedClose()).isNull();
            assertThat(older.rest()).isEqualTo("{\"close\":\"None\"}");
            assertThat(decoded.echoedSymbol()).isEmpty();
            assertThat(decoded.meta()).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // summer and winter time of New York, and a zone without any
        "US/Eastern,      2024-07-01 09:30:00, 2024-07-01T13:30:00Z",
        "US/Eastern,      2024-11-04 09:30:00, 2024-11-04T14:30:00Z",
        "US/Eastern Time, 2024-03-11 04:00,    2024-03-11T08:00:00Z",
        "GMT+8,           2018-08-16 08:00:00, 2018-08-16T00:00:00Z",
        "UTC,             2024-11-04 09:30:00, 2024-11-04T09:30:00Z",
        "UTC-04,          2024-11-04 09:30:00, 2024-11-04T13:30:00Z",
    })
    void intradayStampsFollowTheRulesOfTheirZoneWhereverItIsNamed(String zone, String stamp, String instant) {
        String meta = "\"Meta Data\":{\"2. Symbol\":\"IBM\",\"6. Time Zone\":\"" + zone + "\"}";
        String series = "\"Time Series (5min)\":{\"" + stamp + "\":{\"4. close\":\"1\"}}";
        for (String body : new String[] {"{" + meta + "," + series + "}", "{" + series + "," + meta + "}"}) {
            assertThat(Decode.json(INTRADAY, body).bars().asList().get(0).timestamp())
                    .isEqualTo(Instant.parse(instant));
        }
    }

    @Test
    void withoutAZoneTheCataloguesOneCounts() {
        Decoded csv = Decode.csv(INTRADAY, "timestamp,close\n2024-07-01 09:30:00,1\n");
        assertThat(csv.bars().asList().get(0).timestamp()).isEqualTo("2024-07-01T13:30:00Z");
        Decoded json = Decode.json(INTRADAY, "{\"x\":{\"2024-07-01 09:30:00\":{}}}");
        assertThat(json.bars().asList().get(0).timestamp()).isEqualTo("2024-07-01T13:30:00Z");
    }

    @Test
    void aZoneThatNobodyKnowsStopsIntradayOnly() {
        String body =
                "{\"Meta Data\":{\"6. Time Zone\":\"Mars/North\"},\"x\":{\"2024-07-01 09:30:00\":{\"1. open\":\"1\"}}}";
        assertThatThrownBy(() -> Decode.json(INTRADAY, body))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("Mars/North");
        assertThat(Decode.json("TIME_SERIES_DAILY", body).bars().asList()).hasSize(1);
    }

    @Test
    void aDailyDateTimeKeepsItsDateAndAnIntradayDateIsRejected() {
        assertThat(Decode.daily("\"2024-11-07 16:00:01\":{}")
                        .bars()
                        .asList()
                        .get(0)
                        .timestamp())
                .isEqualTo("2024-11-07T00:00:00Z");
        Decoded intraday = Decode.json(INTRADAY, "{\"x\":{\"2024-11-07\":{\"1. open\":\"1\"}}}");
        assertThat(intraday.bars().asList()).isEmpty();
        assertThat(intraday.rejects())
                .singleElement()
                .extracting(Reject::reason)
                .isEqualTo("date");
    }

    @Test
    void anIdenticalDuplicateIsDroppedAndOfDifferingOnesTheFirstListedStays() {
        Decoded decoded = Decode.daily("""
                "2024-11-07": {"4. close": "3"},
                "2024-11-07 00:00:05": {"4. close": "2"},
                "2024-11-06": {"4. close": "1.50"},
                "2024-11-06": {"4. close": "1.5"}""");
        assertThat(decoded.bars().asList())
                .extracting(Bar::close)
                .containsExactly(new BigDecimal("1.50"), new BigDecimal("3"));
        assertThat(decoded.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.reason()).isEqualTo("duplicate");
            assertThat(reject.place()).isEqualTo("2024-11-07 00:00:05");
            assertThat(reject.payload()).isEqualTo("{\"4. close\": \"2\"}");
        });
    }

    @Test
    void orderIsByTimestampWhateverTheAnswersOrder() {
        Decoded decoded = Decode.daily("\"2024-11-06\":{},\"2024-11-08\":{},\"2024-11-07\":{}");
        assertThat(decoded.bars().asList())
                .extracting(bar -> bar.timestamp().toString().substring(0, 10))
                .containsExactly("2024-11-06", "2024-11-07", "2024-11-08");
    }

    @Test
    void numbersMayBeJsonNumbersAndKeepTheirScale() {
        Bar bar = Decode.bar("{\"1. open\":12.3400,\"4. close\":-5,\"5. volume\":1e3}");
        assertThat(bar.open()).isEqualTo(new BigDecimal("12.3400"));
        assertThat(bar.close()).isEqualTo(new BigDecimal("-5"));
        assertThat(bar.volume()).isEqualTo(new BigDecimal("1e3"));
        String digits = "1234567890".repeat(6) + ".1234";
        assertThat(Decode.bar("{\"1. open\":\"" + digits + "\"}").open()).isEqualTo(new BigDecimal(digits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"None", "-", ".", "null"})
    void aSentinelIsNoFigureAndItsTextIsKept(String sentinel) {
        Bar bar = Decode.bar("{\"1. open\":\"" + sentinel + "\",\"4. close\":\"1\"}");
        assertThat(bar.open()).isNull();
        assertThat(bar.close()).isEqualTo("1");
        assertThat(bar.rest()).isEqualTo("{\"1. open\":\"" + sentinel + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null"})
    void nothingIsNoFigureAndLeavesNothing(String nothing) {
        Bar bar = Decode.bar("{\"1. open\":" + nothing + "}");
        assertThat(bar.open()).isNull();
        assertThat(bar.rest()).isNull();
    }

    @Test
    void whatHasNoColumnIsKeptAsItCame() {
        Bar bar = Decode.bar(
                "{\"4. close\":\"1\",\"9. vwap\":\"1.20\",\"n\":1.10,\"o\":{\"a\":[1,null,true]},\"close\":\"7\",\"é\\u0000\":\"\\u0000\\ud800\"}");
        assertThat(bar.close()).isEqualTo("1");
        // PostgreSQL's jsonb holds neither U+0000 nor half a surrogate pair
        assertThat(bar.rest())
                .isEqualTo(
                        "{\"9. vwap\":\"1.20\",\"n\":1.10,\"o\":{\"a\":[1,null,true]},\"close\":\"7\",\"é\uFFFD\":\"\uFFFD\uFFFD\"}");
        assertThat(Decode.csv("TIME_SERIES_DAILY", "timestamp,close,vwap\n2024-11-07,1,\"a,\"\"b\"\n")
                        .bars()
                        .asList()
                        .get(0)
                        .rest())
                .isEqualTo("{\"vwap\":\"a,\\\"b\"}");
    }

    @Test
    void aByteOrderMarkMovesNothing() {
        byte[] body = "\uFEFF{\"x\":{\"2024-11-07\":{\"4. close\":\"?\"},\"2024-11-06\":{}}}"
                .getBytes(StandardCharsets.UTF_8);
        Decoded decoded = Decode.bytes("TIME_SERIES_DAILY", body, false);
        assertThat(decoded.bars().asList()).hasSize(1);
        assertThat(decoded.rejects())
                .singleElement()
                .extracting(Reject::payload)
                .isEqualTo("{\"4. close\":\"?\"}");
        byte[] csv = "\uFEFFtimestamp,close\n2024-11-07,1\n".getBytes(StandardCharsets.UTF_8);
        assertThat(Decode.bytes("TIME_SERIES_DAILY", csv, true).bars().asList()).hasSize(1);
    }

    @Test
    void emptyAnswersHoldNothing() {
        assertThat(Decode.json("TIME_SERIES_DAILY", "{}").isEmpty()).isTrue();
        assertThat(Decode.daily("").isEmpty()).isTrue();
        assertThat(Decode.csv("TIME_SERIES_DAILY", "timestamp,open\r\n").isEmpty())
                .isTrue();
        assertThat(Decode.csv("TIME_SERIES_DAILY", "timestamp,open").isEmpty()).isTrue();
    }

    @Test
    void unknownTopLevelTextsGoToTheMetaData() {
        Decoded decoded =
                Decode.json("TIME_SERIES_DAILY", "{\"Notice\":\"n\",\"x\":{\"2024-11-07\":{}},\"list\":[1.50]}");
        assertThat(decoded.meta()).isEqualTo("{\"Notice\":\"n\",\"list\":[1.50]}");
    }

    @Test
    void aCsvOfManyMegabytesIsReadToItsEnd() {
        StringBuilder body = new StringBuilder("timestamp,open,high,low,close,volume\n");
        LocalDateTime stamp = LocalDateTime.of(2024, 1, 2, 4, 0);
        int rows = 100_000;
        for (int i = 0; i < rows; i++) {
            body.append(stamp.minusMinutes(i).toString().replace('T', ' '))
                    .append(":00,100.0000,101.0000,99.0000,100.5000,12345\n");
        }
        assertThat(body.length()).isGreaterThan(5 << 20);
        Decoded decoded = Decode.csv(INTRADAY, body.toString());
        assertThat(decoded.rejects()).isEmpty();
        assertThat(decoded.bars().asList()).hasSize(rows);
    }
}
