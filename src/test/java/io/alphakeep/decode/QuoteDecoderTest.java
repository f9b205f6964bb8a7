package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.market.Reject;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteDecoderTest {

    private static final String FIELDS = """
            {"01. symbol":"IBM","02. open":"1.10","03. high":"3","04. low":"1","05. price":"2.50","06. volume":"77",\
            "07. latest trading day":"2024-11-07","08. previous close":"2","09. change":"0.5","10. change percent":"25%"}""";

    @Test
    void isOneBarAtItsTradingDay() {
        Decoded decoded = Decode.json("GLOBAL_QUOTE", "{\"Global Quote\":" + FIELDS + "}");
        assertThat(decoded.bars().asList()).singleElement().satisfies(bar -> {
            assertThat(bar.timestamp()).isEqualTo("2024-11-07T00:00:00Z");
            assertThat(bar.open()).isEqualTo(new BigDecimal("1.10"));
            assertThat(bar.close()).isEqualTo(new BigDecimal("2.50"));
            assertThat(bar.volume()).isEqualTo(new BigDecimal("77"));
            assertThat(bar.rest())
                    .isEqualTo("{\"01. symbol\":\"IBM\",\"08. previous close\":\"2\",\"09. change\":\"0.5\","
                            + "\"10. change percent\":\"25%\"}");
        });
        assertThat(decoded.echoedSymbol()).contains("IBM");
        assertThat(decoded.meta()).isEqualTo("{}");
    }

    @Test
    void aDelayedQuoteIsAQuoteAndSaysSo() {
        String name = "Global Quote - DATA DELAYED BY 15 MINUTES";
        Decoded decoded = Decode.json("GLOBAL_QUOTE", "{\"" + name + "\":" + FIELDS + "}");
        assertThat(decoded.bars().asList()).hasSize(1);
        assertThat(decoded.meta()).isEqualTo("{\"quote\":\"" + name + "\"}");
    }

    @Test
    void csvSaysTheSame() {
        Decoded decoded = Decode.csv(
                "GLOBAL_QUOTE",
                "symbol,open,high,low,price,volume,latestDay,previousClose,change,changePercent\r\n"
                        + "IBM,1.10,3,1,2.50,77,2024-11-07,2,0.5,25%\r\n");
        assertThat(decoded.bars().asList()).singleElement().satisfies(bar -> {
            assertThat(bar.timestamp()).isEqualTo("2024-11-07T00:00:00Z");
            assertThat(bar.close()).isEqualTo(new BigDecimal("2.50"));
            assertThat(bar.rest())
                    .isEqualTo(
                            "{\"symbol\":\"IBM\",\"previousClose\":\"2\",\"change\":\"0.5\",\"changePercent\":\"25%\"}");
        });
        assertThat(decoded.echoedSymbol()).contains("IBM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"Global Quote\":{}}"})
    void anEmptyObjectIsNothing(String body) {
        assertThat(Decode.json("GLOBAL_QUOTE", body).isEmpty()).isTrue();
    }

    @Test
    void aHeaderAloneIsNothing() {
        assertThat(Decode.csv("GLOBAL_QUOTE", "symbol,open,price,latestDay\r\n").isEmpty())
                .isTrue();
    }

    @Test
    void aQuoteThatCannotBeReadIsARejectAndStillNamesItsSymbol() {
        Decoded noDay = Decode.json("GLOBAL_QUOTE", "{\"Global Quote\":{\"01. symbol\":\"IBM\",\"05. price\":\"1\"}}");
        assertThat(noDay.rejects()).singleElement().extracting(Reject::reason).isEqualTo("date");
        Decoded noPrice = Decode.json(
                "GLOBAL_QUOTE",
                "{\"Global Quote\":{\"01. symbol\":\"IBM\",\"05. price\":\"x\",\"07. latest trading day\":\"2024-11-07\"}}");
        assertThat(noPrice.bars().asList()).isEmpty();
        assertThat(noPrice.echoedSymbol()).contains("IBM");
        assertThat(noPrice.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.reason()).isEqualTo("number");
            assertThat(reject.place()).isEqualTo("2024-11-07");
            assertThat(reject.payload()).contains("\"05. price\":\"x\"");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Global Quote\":{\"05. price\":\"1\"",
                "{\"Global Quote\":{\"05. price\":{}}}",
                "{\"a\":1}",
                "[]",
                "{\"Global Quote\":{},\"Another\":{}}"
            })
    void aShortOrMisshapenQuoteIsNotDecoded(String body) {
        assertThatThrownBy(() -> Decode.json("GLOBAL_QUOTE", body)).isInstanceOf(DecodeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "symbol,price,latestDay\nIBM,1,2024-11-07",
                "symbol,price,latestDay\nIBM,1\n",
                "a,b\n1,2\n",
                "symbol,price,latestDay\nIBM,1,2024-11-07\nIBM,2,2024-11-07\n"
            })
    void aShortOrMisshapenCsvQuoteIsNotDecoded(String body) {
        assertThatThrownBy(() -> Decode.csv("GLOBAL_QUOTE", body)).isInstanceOf(DecodeException.class);
    }
}
