package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Index;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Observed.Partition;
import io.alphakeep.advise.seen.Table;
import io.alphakeep.db.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The queries of the original plan have their indexes. Only where the tables are alphakeep's: elsewhere the columns may not be
 * there.
 */
public final class MissingIndexes implements Rule {

    /** The rule's id. */
    public static final String ID = "index-missing";

    private static final String DOCUMENTS = "alpha_fundamental_data";
    private static final String BARS = "alpha_market_data";
    private static final long SOME_ROWS = 10_000;

    /** Of the 180 days of the index by age, with the running month. */
    private static final int RECENT_MONTHS = 5;

    /**
     * @param key  as the statement that makes it has it, and a query
     * @param mark by which the definition of such an index is known, however PostgreSQL sets its parentheses
     */
    private record Wanted(String name, String key, String mark) {
        Wanted(String column) {
            this("idx_alpha_fund_" + column, column, " USING btree (" + column + ")");
        }
    }

    private static final List<Wanted> WANTED = List.of(
            new Wanted("market_cap"),
            new Wanted("pe_ratio"),
            new Wanted("dividend_yield"),
            new Wanted("eps"),
            new Wanted("beta"),
            new Wanted(
                    "idx_alpha_fund_market_cap_text",
                    "((financial_data ->> 'MarketCap')::numeric)",
                    "(financial_data ->> 'MarketCap'::text)"));

    @Override
    public List<Finding> on(Observed observed) {
        if (observed.server().maker().isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (Table table : observed.tables()) {
            if (table.name().equals(DOCUMENTS)) {
                WANTED.stream()
                        .filter(wanted -> lacks(observed, DOCUMENTS, wanted.mark()))
                        .forEach(wanted -> findings.add(documents(table, wanted)));
            }
            if (table.parent().equals(BARS)
                    && table.rows() >= SOME_ROWS
                    && isRecent(observed, table.name())
                    && lacks(observed, table.name(), " USING btree (ticker, \"timestamp\"")) {
                findings.add(bars(table));
            }
        }
        return findings;
    }

    /**
     * A query that the index of the finding is made for; empty where the finding is of another kind. The first hundred of an
     * order, because how many rows there are above a number the planner can't say of an expression that has no index.
     */
    public static Optional<String> query(Finding finding) {
        return WANTED.stream()
                .filter(wanted -> finding.id().equals(ID)
                        && finding.subject().equals(DOCUMENTS + "." + wanted.name())
                        && !finding.changes().isEmpty())
                .map(wanted -> "SELECT ticker FROM " + DOCUMENTS + " WHERE data_type = 'overview' AND " + wanted.key()
                        + " > 1000000000 ORDER BY " + wanted.key() + " DESC LIMIT 100")
                .findFirst();
    }

    private static boolean lacks(Observed observed, String table, String mark) {
        return observed.indexes().stream()
                .filter(Index::valid)
                .filter(index -> index.table().equals(table))
                .noneMatch(index -> index.definition().contains(mark));
    }

    private static boolean isRecent(Observed observed, String name) {
        return observed.partitions().stream()
                .filter(partition -> partition.name().equals(name) && partition.ahead() != null)
                .anyMatch(MissingIndexes::isRecent);
    }

    private static boolean isRecent(Partition partition) {
        return partition.ahead() <= 0 && partition.aheadUntil() >= -RECENT_MONTHS;
    }

    private static Finding documents(Table table, Wanted wanted) {
        String name = Identifier.quote(wanted.name());
        return new Finding(
                ID,
                table.rows() >= SOME_ROWS ? Severity.WARN : Severity.INFO,
                table.name() + "." + wanted.name(),
                "no index on " + wanted.key() + ", " + Sizes.count(table.rows()) + " rows",
                "companies by that number are found by reading all documents",
                List.of(new Change(
                        "CREATE INDEX CONCURRENTLY " + name + " ON " + table.qualified() + " ("
                                + wanted.key()
                                + ") INCLUDE (ticker) WHERE data_type = 'overview'",
                        "DROP INDEX CONCURRENTLY IF EXISTS " + Identifier.quote(table.schema()) + "." + name,
                        Change.Effect.NOW)),
                "",
                "indexes-index-only-scans.html");
    }

    private static Finding bars(Table table) {
        return new Finding(
                ID,
                Severity.INFO,
                table.name(),
                "no index on (ticker, \"timestamp\"), " + Sizes.count(table.rows()) + " rows",
                "the plan's query by api_function reads all series of a ticker",
                List.of(),
                "alphakeep maintain indexes makes it, unless its policy was turned off on purpose: queries that name the"
                        + " endpoint do not need it",
                "indexes-partial.html");
    }
}
