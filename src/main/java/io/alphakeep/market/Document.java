package io.alphakeep.market;

import java.time.LocalDate;

/**
 * One fundamental document of a ticker: an overview, or one statement of one fiscal date.
 *
 * @param dataType  lower case name of the kind: overview, income_statement, balance_sheet, cash_flow, earnings
 * @param period    {@code annual}, {@code quarterly}, {@code to_date} (the API's pseudo-year of annualEarnings) or {@code latest}
 * @param asOf      the fiscal date; {@link #LATEST} for documents without one
 * @param financial JSON object with every key of the answer, sentinels ("None", "-", "") as JSON null
 * @param altered   JSON object of the keys whose text was altered, as they came; null when none was
 */
public record Document(String dataType, String period, LocalDate asOf, String financial, String altered) {

    /** The date of documents that only have a newest version. */
    public static final LocalDate LATEST = LocalDate.of(9999, 12, 31);
}
