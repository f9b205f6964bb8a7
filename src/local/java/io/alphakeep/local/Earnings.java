package io.alphakeep.local;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** EARNINGS: years, headed by the API's pseudo-year while a fiscal year runs, and quarters with what was expected. */
final class Earnings {

    private Earnings() {}

    static Reply of(History history) {
        Fiscal fiscal = Fiscal.of(history);
        List<Quarter> quarters = fiscal.quarters();
        JsonText json = new JsonText(32 * 1024)
                .object()
                .field("symbol", history.listing().ticker())
                .array("annualEarnings");
        int running = 0;
        while (running < quarters.size() && !fiscal.endsYear(quarters.get(running))) {
            running++;
        }
        if (running > 0) {
            year(json, quarters.subList(0, running));
        }
        for (int i : fiscal.yearEnds()) {
            year(json, quarters.subList(i, i + 4));
        }
        json.end().array("quarterlyEarnings");
        boolean beforeTrading = Noise.uniform(history.listing().seed(), 0, 95) < 0.5;
        for (Quarter quarter : quarters) {
            quarter(json, history.listing(), quarter, beforeTrading ? "pre-market" : "post-market");
        }
        return Reply.json(json.end().end().text());
    }

    /** A year, or what has passed of it, under the date of its newest quarter. */
    private static void year(JsonText json, List<Quarter> quarters) {
        BigDecimal sum = quarters.stream().map(Quarter::earningsPerShare).reduce(BigDecimal.ZERO, BigDecimal::add);
        json.object()
                .field("fiscalDateEnding", quarters.get(0).end().toString())
                .field("reportedEPS", text(sum))
                .end();
    }

    private static void quarter(JsonText json, Listing listing, Quarter quarter, String time) {
        BigDecimal reported = quarter.earningsPerShare();
        double error = 0.05 * Noise.normal(listing.seed(), quarter.end().toEpochDay(), 96);
        BigDecimal estimated = reported.multiply(new BigDecimal(1 - error)).setScale(2, RoundingMode.HALF_UP);
        BigDecimal surprise = reported.subtract(estimated);
        // The oldest quarters were followed by no analyst.
        boolean followed = quarter.end().getYear() > listing.listed().getYear() + 1 && estimated.signum() != 0;
        json.object()
                .field("fiscalDateEnding", quarter.end().toString())
                .field("reportedDate", quarter.reported().toString())
                .field("reportedEPS", text(reported))
                .field("estimatedEPS", followed ? text(estimated) : "None")
                .field("surprise", followed ? text(surprise) : "None")
                .field("surprisePercentage", followed ? percent(surprise, estimated) : "None")
                .field("reportTime", time)
                .end();
    }

    private static String percent(BigDecimal surprise, BigDecimal estimated) {
        return text(surprise.movePointRight(2).divide(estimated.abs(), 4, RoundingMode.HALF_UP));
    }

    private static String text(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
