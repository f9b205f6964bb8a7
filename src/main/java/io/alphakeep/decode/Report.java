package io.alphakeep.decode;

import io.alphakeep.market.Document;
import io.alphakeep.market.Reject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One element of an array of reports, on its way.
 *
 * @param place   its place in the answer, {@code annualReports[0]}
 * @param payload the element as it came, for a reject
 */
record Report(String period, LocalDate asOf, String place, String financial, String altered, String payload) {

    static final String ANNUAL = "annual";
    static final String QUARTERLY = "quarterly";
    static final String TO_DATE = "to_date";

    /** The period that an array is about, by its name; null when it is no array of reports. */
    static String period(String arrayName) {
        String lower = arrayName.toLowerCase(Locale.ROOT);
        return lower.startsWith(ANNUAL) ? ANNUAL : lower.startsWith(QUARTERLY) ? QUARTERLY : null;
    }

    Report as(String otherPeriod) {
        return new Report(otherPeriod, asOf, place, financial, altered, payload);
    }

    /** One document per period and date, in this order; of several the first listed stays, others are rejects. */
    static List<Document> documents(String dataType, List<Report> reports, List<Reject> rejects) {
        Map<String, Report> kept = new TreeMap<>();
        for (Report report : reports) {
            Report first = kept.putIfAbsent(report.period + " " + report.asOf, report);
            if (first != null && !first.financial.equals(report.financial)) {
                RowFault fault = new RowFault(RowFault.DUPLICATE, first.place + " has the same period and date");
                rejects.add(Texts.reject(fault, report.place, report.payload));
            }
        }
        List<Document> documents = new ArrayList<>(kept.size());
        for (Report report : kept.values()) {
            documents.add(new Document(dataType, report.period, report.asOf, report.financial, report.altered));
        }
        return documents;
    }
}
