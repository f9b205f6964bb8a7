package io.alphakeep.write;

import io.alphakeep.market.Bars;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which bars of a running week or month are out of date. The bar of a running week carries the date of its last session and
 * so moves every day; stale answers alternate with fresh ones. Pure.
 *
 * @param removed stored instants that the answer does not hold and for whose week or month it holds a later date
 * @param stale   the answer's last bar is itself out of date: storage holds a later date of the same week or month. It is
 *                not written, or storage would hold that week twice
 */
record SupersededBars(Set<Instant> removed, boolean stale) {

    static final SupersededBars NONE = new SupersededBars(Set.of(), false);

    /** @param stored to the end of the period of the answer's last bar */
    static SupersededBars of(Cadence cadence, Bars bars, List<StoredRow> stored) {
        if (stored.isEmpty()) {
            return NONE;
        }
        Set<Instant> answered = new HashSet<>();
        Map<LocalDate, Instant> latest = new HashMap<>();
        for (int i = 0; i < bars.size(); i++) {
            Instant timestamp = bars.timestamp(i);
            answered.add(timestamp);
            latest.put(cadence.periodOf(timestamp), timestamp);
        }
        Instant last = bars.last();
        Set<Instant> removed = new HashSet<>();
        boolean lastIsStored = false;
        boolean laterIsStored = false;
        for (StoredRow bar : stored) {
            Instant timestamp = bar.timestamp();
            Instant newest = latest.get(cadence.periodOf(timestamp));
            if (newest != null && newest.isAfter(timestamp) && !answered.contains(timestamp)) {
                removed.add(timestamp);
            }
            lastIsStored |= timestamp.equals(last);
            laterIsStored |=
                    timestamp.isAfter(last) && cadence.periodOf(timestamp).equals(cadence.periodOf(last));
        }
        return new SupersededBars(removed, laterIsStored && !lastIsStored);
    }

    /** The stored bars that stay. */
    List<StoredRow> kept(List<StoredRow> stored) {
        if (removed.isEmpty()) {
            return stored;
        }
        List<StoredRow> kept = new ArrayList<>(stored.size());
        for (StoredRow bar : stored) {
            if (!removed.contains(bar.timestamp())) {
                kept.add(bar);
            }
        }
        return kept;
    }
}
