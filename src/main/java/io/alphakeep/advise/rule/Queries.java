package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Observed.Query;
import io.alphakeep.advise.seen.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** No query that was asked searches JSON as text, reads whole tables, or is slow. The first that holds is said. */
final class Queries implements Rule {

    private static final int MOST = 10;
    private static final int SHOWN = 160;
    private static final double SLOW_MILLIS = 1_000;
    private static final double MUCH_OF_ALL = 0.05;
    private static final double MOST_OF_A_TABLE = 0.5;
    private static final double FEW_ROWS = 0.1;
    private static final long SMALL_PAGES = 1_000;

    @Override
    public List<Finding> on(Observed observed) {
        List<Finding> findings = new ArrayList<>();
        JsonAsText jsonAsText = new JsonAsText(observed);
        for (Query query : observed.queries()) {
            if (findings.size() >= MOST) {
                break;
            }
            Optional<Finding> searched = jsonAsText.on(query);
            Optional<Table> read = wholeTable(observed, query);
            if (searched.isPresent()) {
                findings.add(searched.get());
            } else if (read.isPresent()) {
                findings.add(fullScan(query, read.get(), pages(observed, read.get())));
            } else if (query.meanMillis() >= SLOW_MILLIS) {
                findings.add(slow(query));
            }
        }
        return findings;
    }

    /** The table, with its partitions, of which one call touches so many pages that it can hardly have left one out. */
    private static Optional<Table> wholeTable(Observed observed, Query query) {
        return observed.tables().stream()
                .filter(table -> table.parent().isEmpty() && names(query, table.name()))
                .filter(table -> {
                    long pages = pages(observed, table);
                    return pages >= SMALL_PAGES
                            && query.blocks() >= MOST_OF_A_TABLE * pages
                            && query.rows() <= FEW_ROWS * rows(observed, table);
                })
                .max(Comparator.comparingLong(table -> pages(observed, table)));
    }

    private static Finding fullScan(Query query, Table table, long pages) {
        boolean matters = query.meanMillis() >= SLOW_MILLIS || query.share() >= MUCH_OF_ALL;
        return new Finding(
                "query-full-scan",
                matters ? Severity.WARN : Severity.INFO,
                "query " + query.id(),
                String.format(
                        Locale.ROOT,
                        "%s, %,.0f pages a call where %s has %,d, %,.1f rows: %s",
                        counters(query),
                        query.blocks(),
                        table.name(),
                        pages,
                        query.rows(),
                        shown(query)),
                "it reads about the whole table to return few rows",
                List.of(),
                rewrite(query),
                "using-explain.html");
    }

    private static Finding slow(Query query) {
        return new Finding(
                "query-slow",
                query.share() >= MUCH_OF_ALL ? Severity.WARN : Severity.INFO,
                "query " + query.id(),
                counters(query) + ": " + shown(query),
                "whoever asks it waits as long each time",
                List.of(),
                rewrite(query),
                "using-explain.html");
    }

    private static String rewrite(Query query) {
        return Rewrite.KNOWN.stream()
                .filter(rewrite -> rewrite.form().matcher(query.text()).find())
                .map(Rewrite::advice)
                .findFirst()
                .orElse("look at it with EXPLAIN (ANALYZE, BUFFERS)");
    }

    static String counters(Query query) {
        return String.format(
                Locale.ROOT,
                "%,d calls, %,.1f ms each, %.0f %% of the time of all statements",
                query.calls(),
                query.meanMillis(),
                query.share() * 100);
    }

    static String shown(Query query) {
        String line = query.text().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + " …";
    }

    static boolean names(Query query, String word) {
        return Pattern.compile("\\b" + Pattern.quote(word) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(query.text())
                .find();
    }

    private static long pages(Observed observed, Table table) {
        return all(observed, table).mapToLong(Table::pages).sum();
    }

    private static long rows(Observed observed, Table table) {
        return all(observed, table).mapToLong(Table::rows).sum();
    }

    private static java.util.stream.Stream<Table> all(Observed observed, Table table) {
        return table.isPartitioned()
                ? observed.tables().stream().filter(part -> part.parent().equals(table.name()))
                : java.util.stream.Stream.of(table);
    }
}
