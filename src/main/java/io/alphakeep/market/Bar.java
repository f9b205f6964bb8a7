package io.alphakeep.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One row of a time series, as the API gave it. A figure is null where the function has none or the answer held none.
 *
 * @param timestamp        the instant of the bar; daily and longer bars at 00:00 UTC of their date
 * @param open             opening price, in the listing's currency (GBX prices are pence)
 * @param high             highest price
 * @param low              lowest price
 * @param close            closing price, not adjusted; for GLOBAL_QUOTE the price
 * @param volume           shares; crypto volumes have fractions
 * @param adjustedClose    close adjusted for splits and dividends
 * @param dividendAmount   dividend that went ex on this bar
 * @param splitCoefficient 1 but on the day of a split
 * @param rest             JSON object of what no column holds; null when nothing is left
 */
public record Bar(
        Instant timestamp,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal adjustedClose,
        BigDecimal dividendAmount,
        BigDecimal splitCoefficient,
        String rest) {}
