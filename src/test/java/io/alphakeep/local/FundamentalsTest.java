package io.alphakeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FundamentalsTest {

    private static Asking api;

    @BeforeAll
    static void start() {
        api = Asking.at("2026-05-16T12:00:00Z");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "INCOME_STATEMENT, 26, netIncome",
        "BALANCE_SHEET, 38, commonStockSharesOutstanding",
        "CASH_FLOW, 30, netIncome"
    })
    void statementsHaveTodaysKeysAndDepth(String function, int keys, String last) {
        JsonNode answer = api.json("function=" + function + "&symbol=IBM");
        assertThat(Asking.keys(answer)).containsExactly("symbol", "annualReports", "quarterlyReports");
        assertThat(answer.path("annualReports")).hasSize(20);
        assertThat(answer.path("quarterlyReports")).hasSize(81);
        for (JsonNode report : answer.path("quarterlyReports")) {
            assertThat(Asking.keys(report))
                    .hasSize(keys)
                    .startsWith("fiscalDateEnding", "reportedCurrency")
                    .endsWith(last);
            assertThat(report).allMatch(JsonNode::isTextual);
        }
        assertThat(answer.toString()).contains("\"None\"");
    }

    @Test
    void aYearIsTheSumOfItsQuartersAndAssetsBalance() {
        JsonNode income = api.json("function=INCOME_STATEMENT&symbol=IBM");
        String year =
                income.path("annualReports").get(0).path("fiscalDateEnding").asText();
        long sum = 0;
        int quarters = 0;
        for (JsonNode quarter : income.path("quarterlyReports")) {
            String end = quarter.path("fiscalDateEnding").asText();
            if (end.compareTo(year) <= 0 && quarters < 4) {
                sum += quarter.path("totalRevenue").asLong();
                quarters++;
            }
        }
        assertThat(income.path("annualReports").get(0).path("totalRevenue").asLong())
                .isEqualTo(sum);
        for (JsonNode sheet : api.json("function=BALANCE_SHEET&symbol=IBM").path("quarterlyReports")) {
            assertThat(sheet.path("totalAssets").asLong())
                    .isEqualTo(sheet.path("totalLiabilities").asLong()
                            + sheet.path("totalShareholderEquity").asLong());
        }
    }

    @Test
    void aQuarterIsKnownOnceItIsReported() {
        JsonNode newest = api.json("function=EARNINGS&symbol=IBM")
                .path("quarterlyEarnings")
                .get(0);
        LocalDate reported = LocalDate.parse(newest.path("reportedDate").asText());
        assertThat(reported).isBeforeOrEqualTo("2026-05-15");
        try (Asking eve = Asking.at(reported + "T12:00:00Z")) {
            assertThat(eve.body("function=INCOME_STATEMENT&symbol=IBM"))
                    .doesNotContain(newest.path("fiscalDateEnding").asText());
        }
    }

    @Test
    void earningsAreHeadedByTheRunningYear() {
        JsonNode answer = api.json("function=EARNINGS&symbol=KO");
        assertThat(Asking.keys(answer)).containsExactly("symbol", "annualEarnings", "quarterlyEarnings");
        JsonNode quarter = answer.path("quarterlyEarnings").get(0);
        assertThat(Asking.keys(quarter))
                .containsExactly(
                        "fiscalDateEnding",
                        "reportedDate",
                        "reportedEPS",
                        "estimatedEPS",
                        "surprise",
                        "surprisePercentage",
                        "reportTime");
        JsonNode running = answer.path("annualEarnings").get(0);
        assertThat(Asking.keys(running)).containsExactly("fiscalDateEnding", "reportedEPS");
        assertThat(running.path("fiscalDateEnding")).isEqualTo(quarter.path("fiscalDateEnding"));
        String month = answer.path("annualEarnings")
                .get(1)
                .path("fiscalDateEnding")
                .asText()
                .substring(5, 7);
        for (int i = 1; i < answer.path("annualEarnings").size(); i++) {
            assertThat(answer.path("annualEarnings")
                            .get(i)
                            .path("fiscalDateEnding")
                            .asText()
                            .substring(5, 7))
                    .isEqualTo(month);
        }
        BigDecimal surprise = new BigDecimal(quarter.path("surprise").asText());
        assertThat(new BigDecimal(quarter.path("reportedEPS").asText())
                        .subtract(new BigDecimal(quarter.path("estimatedEPS").asText())))
                .isEqualByComparingTo(surprise);
    }

    @Test
    void anOverviewHasFiftyFiveKeysAndSomeSayNothing() {
        StringBuilder all = new StringBuilder();
        for (String ticker :
                List.of("IBM", "AAPL", "MSFT", "GOOGL", "AMZN", "NVDA", "JPM", "KO", "XOM", "JNJ", "ABC")) {
            JsonNode overview = api.json("function=OVERVIEW&symbol=" + ticker);
            assertThat(Asking.keys(overview))
                    .hasSize(55)
                    .doesNotHaveDuplicates()
                    .startsWith("Symbol", "AssetType", "Name", "Description", "CIK", "Exchange")
                    .contains("MarketCapitalization", "AnalystRatingStrongSell", "52WeekHigh", "200DayMovingAverage")
                    .endsWith("DividendDate", "ExDividendDate");
            assertThat(overview).allMatch(JsonNode::isTextual);
            all.append(overview);
        }
        assertThat(all.toString()).contains(":\"None\"").contains(":\"-\"");
    }
}
