package io.alphakeep.catalog;

import java.util.Map;

/**
 * A line of the catalogue: what one API function takes and how it answers.
 *
 * @param name         the API's name
 * @param shape        the form of its answer
 * @param dataType     the name of its rows in {@code alpha_fundamental_data}; empty for market data
 * @param rhythm       when it has something new
 * @param intraday     takes an {@code interval} of minutes, {@code month=} and 30 days at most otherwise
 * @param outputSizes  takes {@code outputsize=compact|full}
 * @param csv          answers {@code datatype=csv}
 * @param fixed        parameters that are always sent
 * @param zone         the time zone of stamps where the answer names none
 * @param costRequests what a request costs of the allowance
 */
public record Function(
        String name,
        Shape shape,
        String dataType,
        Rhythm rhythm,
        boolean intraday,
        boolean outputSizes,
        boolean csv,
        Map<String, String> fixed,
        String zone,
        int costRequests) {

    /** Whether its rows are bars of {@code alpha_market_data}. */
    public boolean isMarketData() {
        return dataType.isEmpty();
    }
}
