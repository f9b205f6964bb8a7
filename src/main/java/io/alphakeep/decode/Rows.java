package io.alphakeep.decode;

import io.alphakeep.catalog.Function;
import io.alphakeep.market.Bar;
import io.alphakeep.market.Reject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the rows of a series in the order of the answer, and hands them out by ascending timestamp, one per
 * timestamp.
 */
final class Rows {

    private record Placed(Instant instant, Row row) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();

    void add(Row row) {
        rows.add(row);
    }

    void reject(RowFault fault, String place, String payload) {
        rejects.add(Texts.reject(fault, place, payload));
    }

    List<Reject> rejects() {
        return rejects;
    }

    /** @param zone of intraday stamps */
    List<Bar> bars(Function function, ZoneId zone) {
        List<Placed> placed = new ArrayList<>(rows.size());
        // The API lists the newest first: backwards is nearly always ascending already.
        for (int i = rows.size() - 1; i >= 0; i--) {
            Row row = rows.get(i);
            if (!function.intraday()) {
                placed.add(new Placed(Stamps.atStartOfDay(row.stamp), row));
            } else if (Stamps.hasTime(row.key)) {
                placed.add(new Placed(Stamps.in(zone, row.stamp), row));
            } else {
                reject(new RowFault(RowFault.DATE, "an intraday bar without a time"), row.key, row.payload.get());
            }
        }
        placed.sort(Comparator.comparing(Placed::instant));
        List<Bar> bars = new ArrayList<>(placed.size());
        for (int i = 0; i < placed.size(); ) {
            int next = i + 1;
            while (next < placed.size()
                    && placed.get(next).instant().equals(placed.get(i).instant())) {
                next++;
            }
            // The sort is stable on the reversed list: the first of the answer stands last.
            Placed kept = placed.get(next - 1);
            for (int other = next - 2; other >= i; other--) {
                rejectIfDifferent(placed.get(other).row(), kept.row());
            }
            bars.add(kept.row().at(kept.instant()));
            i = next;
        }
        return bars;
    }

    /**
     * The API lists a day twice after midnight (ALPHA VANTAGE quirk 12): the same twice is one, else the newer
     * listed stays.
     */
    private void rejectIfDifferent(Row row, Row kept) {
        if (!row.sameAs(kept)) {
            RowFault fault = new RowFault(
                    RowFault.DUPLICATE,
                    "another row of the same answer, " + Texts.cut(kept.key, 40) + ", has this timestamp");
            reject(fault, row.key, row.payload.get());
        }
    }
}
