package io.alphakeep.write;

import io.alphakeep.market.Bar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A bar as it will be stored.
 *
 * @param flag see {@link QualityFlags}
 * @param raw  JSON for {@code raw_payload}; null when no column is needed for it
 */
record BarRow(Bar bar, int flag, String raw) {

    Instant timestamp() {
        return bar.timestamp();
    }

    /**
     * @param bars   ascending
     * @param stored ascending; what storage holds around the bars and keeps
     */
    static List<BarRow> of(BarTarget target, List<Bar> bars, List<StoredBar> stored) {
        QualityFlags flags = new QualityFlags(target.series(), target.context().now());
        boolean fullRaw = target.context().fullRaw();
        List<BarRow> rows = new ArrayList<>(bars.size());
        StoredBar previous = null;
        int next = 0;
        for (Bar bar : bars) {
            // The bar before this one in storage merged with the answer, whichever of the two holds it.
            while (next < stored.size() && stored.get(next).timestamp().isBefore(bar.timestamp())) {
                StoredBar candidate = stored.get(next++);
                if (previous == null || candidate.timestamp().isAfter(previous.timestamp())) {
                    previous = candidate;
                }
            }
            rows.add(new BarRow(bar, flags.of(bar, previous), fullRaw ? FullBar.json(bar) : bar.rest()));
            previous = new StoredBar(bar.timestamp(), bar.close());
        }
        return rows;
    }
}
