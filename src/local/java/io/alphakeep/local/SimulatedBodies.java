package io.alphakeep.local;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.market.Interval;
import java.util.Optional;

/** Answers from the simulated market, for every function of the catalogue. */
final class SimulatedBodies implements Source {

    private final Market market;

    SimulatedBodies(Market market) {
        this.market = market;
    }

    @Override
    public boolean offers(String function) {
        return Catalog.find(function).isPresent();
    }

    @Override
    public Optional<Reply> find(Query query) {
        return market.history(query.symbol()).flatMap(history -> find(query, history));
    }

    private Optional<Reply> find(Query query, History history) {
        return switch (query.function()) {
            case "GLOBAL_QUOTE" -> Optional.of(Quotes.of(query, history));
            case "OVERVIEW" -> Optional.of(Overview.of(history));
            case "INCOME_STATEMENT", "BALANCE_SHEET", "CASH_FLOW" ->
                Optional.of(Statements.of(query.function(), history));
            case "EARNINGS" -> Optional.of(Earnings.of(history));
            case "TIME_SERIES_INTRADAY" -> query.interval().flatMap(interval -> intraday(query, history, interval));
            case "TIME_SERIES_DAILY", "TIME_SERIES_DAILY_ADJUSTED" ->
                Optional.of(write(query, DailyTable.of(query, history)));
            default -> Optional.of(write(query, PeriodTable.of(query, history)));
        };
    }

    private Optional<Reply> intraday(Query query, History history, Interval interval) {
        return IntradayTable.of(query, history, interval, market.newestIntradaySession())
                .map(table -> write(query, table));
    }

    private static Reply write(Query query, Table table) {
        return query.wantsCsv() ? table.csv() : table.json();
    }
}
