package io.alphakeep.local;

import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** OVERVIEW: 55 keys, of which some hold the API's words for "no value" on some tickers. */
final class Overview {

    /** What fundamentals say for "no value"; ratios and analysts' figures say {@link #DASH}. */
    private static final String NONE = "None";

    private static final String DASH = "-";

    private final History history;
    private final Listing listing;
    private final Fiscal fiscal;
    private final double price;
    private final JsonText json = new JsonText(4096);

    private Overview(History history) {
        this.history = history;
        this.listing = history.listing();
        this.fiscal = Fiscal.of(history);
        this.price = Money.amount(history.newest().close());
    }

    static Reply of(History history) {
        Overview overview = new Overview(history);
        overview.json.object();
        overview.company();
        overview.figures();
        overview.analysts();
        overview.prices();
        return Reply.json(overview.json.end().text());
    }

    private void company() {
        Company company = Company.of(listing);
        String name = company.name();
        json.field("Symbol", listing.ticker())
                .field("AssetType", "Common Stock")
                .field("Name", name)
                .field("Description", name + " is a company of the simulated market. Nothing it reports is real.")
                .field("CIK", Long.toString(100_000 + Math.floorMod(listing.seed(), 1_900_000L)))
                .field("Exchange", company.exchange())
                .field("Currency", "USD")
                .field("Country", "USA")
                .field("Sector", company.sector())
                .field("Industry", company.industry())
                .field("Address", "1 SIMULATED WAY, NEW YORK, NY, UNITED STATES, 10001")
                .field("OfficialSite", absent(21, 0.2) ? NONE : "https://www.example.com")
                .field("FiscalYearEnd", Month.of(listing.yearEndMonth()).getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .field(
                        "LatestQuarter",
                        fiscal.quarters().isEmpty()
                                ? NONE
                                : fiscal.quarters().get(0).end().toString());
    }

    private void figures() {
        double revenue = fiscal.yearly("totalRevenue", 0);
        double net = fiscal.yearly("netIncome", 0);
        double ebitda = fiscal.yearly("ebitda", 0);
        double earnings = net / listing.shares();
        double equity = stock("totalShareholderEquity");
        double dividend = dividends();
        json.field("MarketCapitalization", Long.toString(StrictMath.round(capitalization())))
                .field("EBITDA", ebitda == 0 ? NONE : Long.toString((long) ebitda))
                .field("PERatio", ratio(price, earnings, 2, NONE))
                .field("PEGRatio", absent(22, 0.4) ? NONE : Money.ratio(draw(0.5, 3, 23), 3))
                .field("BookValue", ratio(equity, listing.shares(), 2, NONE))
                .field("DividendPerShare", dividend == 0 ? NONE : Money.ratio(dividend, 2))
                .field("DividendYield", dividend == 0 ? NONE : Money.ratio(dividend / price, 4))
                .field("EPS", revenue == 0 ? NONE : Money.ratio(earnings, 2))
                .field("RevenuePerShareTTM", Money.ratio(revenue / listing.shares(), 2))
                .field("ProfitMargin", ratio(net, revenue, 3, "0"))
                .field("OperatingMarginTTM", ratio(fiscal.yearly("operatingIncome", 0), revenue, 3, "0"))
                .field("ReturnOnAssetsTTM", ratio(net, stock("totalAssets"), 4, "0"))
                .field("ReturnOnEquityTTM", ratio(net, equity, 3, "0"))
                .field("RevenueTTM", Long.toString((long) revenue))
                .field("GrossProfitTTM", Long.toString(fiscal.yearly("grossProfit", 0)))
                .field("DilutedEPSTTM", Money.ratio(earnings, 2))
                .field("QuarterlyEarningsGrowthYOY", growth("netIncome"))
                .field("QuarterlyRevenueGrowthYOY", growth("totalRevenue"));
    }

    private void analysts() {
        boolean followed = !absent(24, 0.25);
        json.field("AnalystTargetPrice", followed ? Money.ratio(price * draw(0.9, 1.3, 25), 2) : DASH);
        for (String rating : List.of("StrongBuy", "Buy", "Hold", "Sell", "StrongSell")) {
            String votes = Integer.toString((int) draw(0, 12, 26 + rating.hashCode() % 7));
            json.field("AnalystRating" + rating, followed ? votes : DASH);
        }
    }

    private void prices() {
        double revenue = fiscal.yearly("totalRevenue", 0);
        double earnings = fiscal.yearly("netIncome", 0) / (double) listing.shares();
        double enterprise = capitalization() + stock("shortLongTermDebtTotal") - stock("cashAndShortTermInvestments");
        List<DayBar> year = tail(252);
        json.field("TrailingPE", ratio(price, earnings, 2, DASH))
                .field("ForwardPE", absent(22, 0.4) ? DASH : ratio(price, earnings * 1.08, 2, DASH))
                .field("PriceToSalesRatioTTM", ratio(capitalization(), revenue, 3, DASH))
                .field("PriceToBookRatio", ratio(capitalization(), stock("totalShareholderEquity"), 2, DASH))
                .field("EVToRevenue", ratio(enterprise, revenue, 3, DASH))
                .field("EVToEBITDA", ratio(enterprise, fiscal.yearly("ebitda", 0), 2, DASH))
                .field("Beta", Money.ratio(draw(0.4, 1.8, 37), 3))
                .field(
                        "52WeekHigh",
                        Money.ratio(
                                Money.amount(year.stream()
                                        .mapToLong(DayBar::high)
                                        .max()
                                        .orElseThrow()),
                                2))
                .field(
                        "52WeekLow",
                        Money.ratio(
                                Money.amount(year.stream()
                                        .mapToLong(DayBar::low)
                                        .min()
                                        .orElseThrow()),
                                2))
                .field("50DayMovingAverage", average(50))
                .field("200DayMovingAverage", average(200))
                .field("SharesOutstanding", Long.toString(listing.shares()))
                .field("SharesFloat", Long.toString((long) (listing.shares() * draw(0.8, 0.999, 38))))
                .field("PercentInsiders", Money.ratio(draw(0.05, 8, 39), 3))
                .field("PercentInstitutions", Money.ratio(draw(30, 92, 40), 3));
        LocalDate ex = newestExDate();
        json.field("DividendDate", ex == null ? NONE : ex.plusDays(30).toString())
                .field("ExDividendDate", ex == null ? NONE : ex.toString());
    }

    private double capitalization() {
        return price * listing.shares();
    }

    private double stock(String key) {
        return fiscal.quarters().isEmpty()
                ? 0
                : fiscal.quarters().get(0).stocks().get(key);
    }

    private double dividends() {
        return Money.amount(tail(252).stream().mapToLong(DayBar::dividend).sum());
    }

    private LocalDate newestExDate() {
        return tail(252).stream()
                .filter(bar -> bar.dividend() > 0)
                .map(DayBar::date)
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    private String growth(String key) {
        List<Quarter> quarters = fiscal.quarters();
        if (quarters.size() < 5) {
            return NONE;
        }
        double before = quarters.get(4).flows().get(key);
        return ratio(quarters.get(0).flows().get(key) - before, Math.abs(before), 3, NONE);
    }

    private String average(int sessions) {
        return Money.ratio(
                tail(sessions).stream().mapToLong(DayBar::close).average().orElseThrow() / Money.ONE, 2);
    }

    private List<DayBar> tail(int sessions) {
        List<DayBar> bars = history.bars();
        return bars.subList(Math.max(0, bars.size() - sessions), bars.size());
    }

    private boolean absent(int salt, double share) {
        return Noise.uniform(listing.seed(), 1, salt) < share;
    }

    private double draw(double low, double high, int salt) {
        return Noise.between(low, high, listing.seed(), 2, salt);
    }

    private static String ratio(double part, double whole, int decimals, String otherwise) {
        return whole > 0 ? Money.ratio(part / whole, decimals) : otherwise;
    }
}
