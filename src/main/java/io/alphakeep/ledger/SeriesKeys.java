package io.alphakeep.ledger;

import io.alphakeep.db.ArrayLiteral;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.market.Symbol;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;

/** Series as columns, and as two arrays of one statement. */
record SeriesKeys(String tickers, String endpoints) {

    static SeriesKeys of(Collection<Series> series) {
        ArrayLiteral tickers = new ArrayLiteral();
        ArrayLiteral endpoints = new ArrayLiteral();
        for (Series one : series) {
            tickers.add(one.symbol());
            endpoints.add(one.endpoint());
        }
        return new SeriesKeys(tickers.toString(), endpoints.toString());
    }

    /** The series of a line with {@code ticker}, {@code api_function} and {@code endpoint}. */
    static Series read(ResultSet r) throws SQLException {
        String function = r.getString("api_function");
        String endpoint = r.getString("endpoint");
        Optional<Interval> interval =
                endpoint.equals(function) ? Optional.empty() : Interval.of(endpoint.substring(function.length() + 1));
        return new Series(new Symbol(r.getString("ticker")), function, interval);
    }
}
