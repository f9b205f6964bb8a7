package io.alphakeep.local;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * A fiscal quarter of a company, in dollars. The figures hang together: profits follow from revenue and costs, assets
 * equal liabilities and equity.
 *
 * @param end      last day
 * @param reported day on which the figures become known
 * @param shares   outstanding
 * @param flows    figures of a span of time, which add up to a year's; keys are those of the API
 * @param stocks   figures of the last day, which do not
 */
record Quarter(LocalDate end, LocalDate reported, long shares, Map<String, Long> flows, Map<String, Long> stocks) {

    private static final long MILLION = 1_000_000;
    private static final LocalDate BEGINNING = LocalDate.of(1999, 12, 31);

    static Quarter of(Listing listing, LocalDate end, LocalDate reported) {
        long seed = listing.seed();
        long number = (end.getYear() - BEGINNING.getYear()) * 4L + end.getMonthValue() / 3;
        double growth = Noise.between(0.002, 0.02, seed, 0, 60) * number;
        double season = 0.06 * Noise.normal(seed, number % 4, 61);
        double luck = 0.03 * Noise.normal(seed, number, 62);
        double base = listing.shares() * listing.startPrice() * Noise.between(0.03, 0.15, seed, 0, 63);
        long revenue = millions(base * StrictMath.exp(growth + season + luck));
        double margin = Noise.between(0.3, 0.65, seed, 0, 64) + 0.02 * Noise.normal(seed, number, 65);
        return new Quarter(
                end, reported, listing.shares(), flows(listing, number, revenue, margin), stocks(listing, revenue));
    }

    /** Earnings per share, in cents. */
    BigDecimal earningsPerShare() {
        return BigDecimal.valueOf(flows.get("netIncome")).divide(BigDecimal.valueOf(shares), 2, RoundingMode.HALF_UP);
    }

    private static Map<String, Long> flows(Listing listing, long number, long revenue, double margin) {
        long seed = listing.seed();
        long gross = part(revenue, margin);
        long selling = part(revenue, Noise.between(0.08, 0.2, seed, 0, 66));
        long research = part(revenue, Noise.between(0.02, 0.14, seed, 0, 67));
        long operating = gross - selling - research;
        long interestIncome = part(revenue, 0.008);
        long interestExpense = part(revenue, Noise.between(0.005, 0.03, seed, 0, 68));
        long beforeTax = operating + interestIncome - interestExpense;
        long tax = part(beforeTax, 0.21);
        long depreciation = part(revenue, Noise.between(0.03, 0.08, seed, 0, 69));
        long net = beforeTax - tax;
        long operatingCash = net + depreciation + part(revenue, 0.01 * Noise.normal(seed, number, 70));
        long investments = part(revenue, Noise.between(0.03, 0.09, seed, 0, 71));
        long dividends = listing.dividendYield() > 0 ? Math.max(0, part(net, 0.4)) : 0;
        long buyback = Math.max(0, part(net, 0.3));
        Map<String, Long> flows = new HashMap<>();
        flows.put("totalRevenue", revenue);
        flows.put("grossProfit", gross);
        flows.put("costOfRevenue", revenue - gross);
        flows.put("costofGoodsAndServicesSold", revenue - gross);
        flows.put("operatingIncome", operating);
        flows.put("sellingGeneralAndAdministrative", selling);
        flows.put("researchAndDevelopment", research);
        flows.put("operatingExpenses", selling + research);
        flows.put("netInterestIncome", interestIncome - interestExpense);
        flows.put("interestIncome", interestIncome);
        flows.put("interestExpense", interestExpense);
        flows.put("depreciationAndAmortization", depreciation);
        flows.put("incomeBeforeTax", beforeTax);
        flows.put("incomeTaxExpense", tax);
        flows.put("netIncomeFromContinuingOperations", net);
        flows.put("ebit", beforeTax + interestExpense);
        flows.put("ebitda", beforeTax + interestExpense + depreciation);
        flows.put("netIncome", net);
        flows.put("operatingCashflow", operatingCash);
        flows.put("depreciationDepletionAndAmortization", depreciation);
        flows.put("capitalExpenditures", investments);
        flows.put("changeInInventory", part(revenue, 0.004 * Noise.normal(seed, number, 72)));
        flows.put("cashflowFromInvestment", -investments);
        flows.put("cashflowFromFinancing", -dividends - buyback);
        flows.put("proceedsFromRepurchaseOfEquity", -buyback);
        flows.put("stockBasedCompensation", part(revenue, 0.015));
        if (dividends > 0) {
            flows.put("dividendPayout", dividends);
            flows.put("dividendPayoutCommonStock", dividends);
        }
        return Map.copyOf(flows);
    }

    private static Map<String, Long> stocks(Listing listing, long revenue) {
        long seed = listing.seed();
        long assets = part(revenue, Noise.between(5, 11, seed, 0, 80));
        long current = part(assets, Noise.between(0.2, 0.45, seed, 0, 81));
        long cash = part(current, 0.4);
        long inventory = part(current, 0.12);
        long receivables = part(current, 0.38);
        long plant = part(assets, 0.15);
        long goodwill = part(assets, 0.3);
        long intangible = part(assets, 0.08);
        long liabilities = part(assets, Noise.between(0.4, 0.8, seed, 0, 82));
        long currentLiabilities = part(liabilities, 0.35);
        long longDebt = part(liabilities, 0.4);
        long shortDebt = part(liabilities, 0.06);
        long equity = assets - liabilities;
        long retained = part(equity, 0.7);
        Map<String, Long> stocks = new HashMap<>();
        stocks.put("totalAssets", assets);
        stocks.put("totalCurrentAssets", current);
        stocks.put("cashAndCashEquivalentsAtCarryingValue", cash);
        stocks.put("cashAndShortTermInvestments", cash);
        stocks.put("inventory", inventory);
        stocks.put("currentNetReceivables", receivables);
        stocks.put("totalNonCurrentAssets", assets - current);
        stocks.put("propertyPlantEquipment", plant);
        stocks.put("intangibleAssets", intangible);
        stocks.put("intangibleAssetsExcludingGoodwill", intangible);
        stocks.put("goodwill", goodwill);
        stocks.put("otherCurrentAssets", current - cash - inventory - receivables);
        stocks.put("totalLiabilities", liabilities);
        stocks.put("totalCurrentLiabilities", currentLiabilities);
        stocks.put("currentAccountsPayable", part(currentLiabilities, 0.3));
        stocks.put("shortTermDebt", shortDebt);
        stocks.put("totalNonCurrentLiabilities", liabilities - currentLiabilities);
        stocks.put("longTermDebt", longDebt);
        stocks.put("shortLongTermDebtTotal", longDebt + shortDebt);
        stocks.put("totalShareholderEquity", equity);
        stocks.put("retainedEarnings", retained);
        stocks.put("commonStock", equity - retained);
        stocks.put("commonStockSharesOutstanding", listing.shares());
        return Map.copyOf(stocks);
    }

    private static long part(long whole, double share) {
        return millions(whole * share);
    }

    private static long millions(double amount) {
        return StrictMath.round(amount / MILLION) * MILLION;
    }
}
