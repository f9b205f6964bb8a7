package io.alphakeep.maintain.partition;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which partitions are missing. Pure. Months for what is recent, whole years for what is old from the start, so that 25
 * years of history are 23 years and some 30 months, not 300 partitions: planning and locking cost by their number.
 */
final class PartitionPlanner {

    private PartitionPlanner() {}

    /**
     * @param needed             months that have rows to be stored
     * @param existing           what is there; ranges of any width, also such as alphakeep would not make
     * @param today              in UTC
     * @param archiveAfterMonths a year whose December is older than this many months before today's month is made as one,
     *                           unless something of it is there already
     * @return in order of time; none overlaps another or an existing one. A month that an existing range holds in part
     *     cannot be made and is left out: rows beside that range have no home
     */
    static List<NewPartition> plan(Set<YearMonth> needed, Bounds existing, LocalDate today, int archiveAfterMonths) {
        YearMonth oldest = YearMonth.from(today).minusMonths(archiveAfterMonths);
        // Ordered, and a year that several months need stands in it once.
        Set<NewPartition> plan = new LinkedHashSet<>();
        for (YearMonth month : new TreeSet<>(needed)) {
            NewPartition monthly = NewPartition.month(month);
            if (existing.overlaps(monthly.bound())) {
                continue;
            }
            NewPartition yearly = NewPartition.year(month.getYear());
            boolean old = YearMonth.of(month.getYear(), 12).isBefore(oldest);
            plan.add(old && !existing.overlaps(yearly.bound()) ? yearly : monthly);
        }
        return List.copyOf(plan);
    }

    /** The month of today and the months after it that maintenance keeps ready. */
    static SortedSet<YearMonth> ahead(LocalDate today, int monthsAhead) {
        SortedSet<YearMonth> months = new TreeSet<>();
        for (int i = 0; i <= monthsAhead; i++) {
            months.add(YearMonth.from(today).plusMonths(i));
        }
        return months;
    }
}
