package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Observed.Query;
import io.alphakeep.advise.seen.Table;
import io.alphakeep.db.Identifier;
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
    private static final int NEWEST = 12;

    private static final Pattern JSON_AS_TEXT = Pattern.compile(
            "\\b(raw_payload|financial_data)\"?[\\s)]*(::\\s*(text|varchar)|as\\s+(text|varchar)\\s*\\))[\\s)]*(not\\s+)?(i?like|~|similar)",
            Pattern.CASE_INSENSITIVE);

    @Override
    public List<Finding> on(Observed observed) {
        List<Finding> findings = new ArrayList<>();
        for (Query query : observed.queries()) {
            if (findings.size() >= MOST) {
                break;
            }
            Optional<Table> read = wholeTable(observed, query);
            if (JSON_AS_TEXT.matcher(query.text()).find()) {
                findings.add(jsonAsText(observed, query));
            } else if (read.isPresent()) {
                findings.add(fullScan(query, read.get(), pages(observed, read.get())));
            } else if (query.meanMillis() >= SLOW_MILLIS) {
                findings.add(slow(query));
            }
        }
        return findings;
    }

    private static Finding jsonAsText(Observed observed, Query query) {
        boolean bars = names(query, "raw_payload") && names(query, "alpha_market_data");
        String column = names(query, "raw_payload") ? "raw_payload" : "financial_data";
        return new Finding(
                "query-json-as-text",
                Severity.WARN,
                "query " + query.id(),
                counters(query) + ": " + shown(query),
                "every row of every partition is written out as text and searched; no index can serve that",
                gin(observed, bars, column),
                bars
                        ? "what a column holds is asked by it: WHERE ticker = $1 AND \"timestamp\" >= $2; a key that only the"
                                + " payload has by containment, which the index serves: raw_payload @> '{\"key\": \"value\"}'"
                        : "by a generated column where there is one (market_cap, pe_ratio, dividend_yield, eps, beta), else by"
                                + " containment, which the index serves: " + column
                                + " @> '{\"Sector\": \"TECHNOLOGY\"}', or by"
                                + " path: " + column + " @? '$.Sector ? (@ == \"TECHNOLOGY\")'",
                "datatype-json.html#JSON-INDEXING");
    }

    /** Of no use before the query is written anew, so that nothing of it is run unseen. */
    private static List<Change> gin(Observed observed, boolean bars, String column) {
        return observed.tables().stream()
                .filter(table -> bars
                        ? table.parent().equals("alpha_market_data")
                        : table.name().equals("alpha_fundamental_data"))
                .filter(table -> !table.isPartitioned())
                .filter(table -> observed.indexes().stream()
                        .noneMatch(index -> index.table().equals(table.name())
                                && index.definition().contains("USING gin (" + column)))
                .sorted(Comparator.comparing(Table::name).reversed())
                .limit(NEWEST)
                .map(table -> {
                    String name = table.name() + "_" + column + "_gin";
                    return new Change(
                            "CREATE INDEX CONCURRENTLY " + Identifier.quote(name) + " ON " + table.qualified()
                                    + " USING gin (" + column + " jsonb_path_ops) WHERE " + column + " IS NOT NULL",
                            "DROP INDEX CONCURRENTLY IF EXISTS " + Identifier.quote(table.schema()) + "."
                                    + Identifier.quote(name),
                            Change.Effect.REVIEW);
                })
                .toList();
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

    private static String counters(Query query) {
        return String.format(
                Locale.ROOT,
                "%,d calls, %,.1f ms each, %.0f %% of the time of all statements",
                query.calls(),
                query.meanMillis(),
                query.share() * 100);
    }

    private static String shown(Query query) {
        String line = query.text().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + " …";
    }

    private static boolean names(Query query, String word) {
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
