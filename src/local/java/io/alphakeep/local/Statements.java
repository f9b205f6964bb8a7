package io.alphakeep.local;

import java.util.List;
import java.util.Map;

/** INCOME_STATEMENT, BALANCE_SHEET and CASH_FLOW; what the company does not report reads {@code None}. */
final class Statements {

    private static final List<String> INCOME = keys("""
            grossProfit totalRevenue costOfRevenue costofGoodsAndServicesSold operatingIncome
            sellingGeneralAndAdministrative researchAndDevelopment operatingExpenses investmentIncomeNet
            netInterestIncome interestIncome interestExpense nonInterestIncome otherNonOperatingIncome depreciation
            depreciationAndAmortization incomeBeforeTax incomeTaxExpense interestAndDebtExpense
            netIncomeFromContinuingOperations comprehensiveIncomeNetOfTax ebit ebitda netIncome""");

    private static final List<String> BALANCE = keys("""
            totalAssets totalCurrentAssets cashAndCashEquivalentsAtCarryingValue cashAndShortTermInvestments inventory
            currentNetReceivables totalNonCurrentAssets propertyPlantEquipment accumulatedDepreciationAmortizationPPE
            intangibleAssets intangibleAssetsExcludingGoodwill goodwill investments longTermInvestments
            shortTermInvestments otherCurrentAssets otherNonCurrentAssets totalLiabilities totalCurrentLiabilities
            currentAccountsPayable deferredRevenue currentDebt shortTermDebt totalNonCurrentLiabilities
            capitalLeaseObligations longTermDebt currentLongTermDebt longTermDebtNoncurrent shortLongTermDebtTotal
            otherCurrentLiabilities otherNonCurrentLiabilities totalShareholderEquity treasuryStock retainedEarnings
            commonStock commonStockSharesOutstanding""");

    private static final List<String> CASH = keys("""
            operatingCashflow paymentsForOperatingActivities proceedsFromOperatingActivities
            changeInOperatingLiabilities changeInOperatingAssets depreciationDepletionAndAmortization
            capitalExpenditures changeInReceivables changeInInventory profitLoss cashflowFromInvestment
            cashflowFromFinancing proceedsFromRepaymentsOfShortTermDebt paymentsForRepurchaseOfCommonStock
            paymentsForRepurchaseOfEquity paymentsForRepurchaseOfPreferredStock dividendPayout
            dividendPayoutCommonStock dividendPayoutPreferredStock proceedsFromIssuanceOfCommonStock
            proceedsFromIssuanceOfLongTermDebtAndCapitalSecuritiesNet proceedsFromIssuanceOfPreferredStock
            proceedsFromRepurchaseOfEquity proceedsFromSaleOfTreasuryStock stockBasedCompensation
            changeInCashAndCashEquivalents changeInExchangeRate netIncome""");

    private static final Map<String, List<String>> KEYS =
            Map.of("INCOME_STATEMENT", INCOME, "BALANCE_SHEET", BALANCE, "CASH_FLOW", CASH);

    private Statements() {}

    static Reply of(String function, History history) {
        Fiscal fiscal = Fiscal.of(history);
        List<String> keys = KEYS.get(function);
        JsonText json = new JsonText(256 * 1024)
                .object()
                .field("symbol", history.listing().ticker());
        json.array("annualReports");
        for (int i : fiscal.yearEnds()) {
            head(json, fiscal.quarters().get(i));
            for (String key : keys) {
                json.field(key, annual(fiscal, i, key));
            }
            json.end();
        }
        json.end().array("quarterlyReports");
        for (Quarter quarter : fiscal.quarters()) {
            head(json, quarter);
            for (String key : keys) {
                json.field(
                        key,
                        text(quarter.flows().getOrDefault(key, quarter.stocks().get(key))));
            }
            json.end();
        }
        return Reply.json(json.end().end().text());
    }

    private static void head(JsonText json, Quarter quarter) {
        json.object().field("fiscalDateEnding", quarter.end().toString()).field("reportedCurrency", "USD");
    }

    private static String annual(Fiscal fiscal, int i, String key) {
        Quarter last = fiscal.quarters().get(i);
        return last.flows().containsKey(key)
                ? Long.toString(fiscal.yearly(key, i))
                : text(last.stocks().get(key));
    }

    private static String text(Long figure) {
        return figure == null ? "None" : figure.toString();
    }

    private static List<String> keys(String words) {
        return List.of(words.split("\\s+"));
    }
}
