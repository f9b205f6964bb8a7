package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Index;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Observed.Query;
import io.alphakeep.advise.seen.Table;
import io.alphakeep.db.Identifier;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Queries that search JSON as text. What helps depends on whose table it is: in alphakeep's own the document of a company is
 * financial_data, and raw_payload holds what has no place elsewhere.
 */
final class JsonAsText {

    private static final String DOCUMENTS = "alpha_fundamental_data";
    private static final String DOCUMENT = "financial_data";
    private static final String BARS = "alpha_market_data";

    private static final Pattern FORM = Pattern.compile(
            "\\b(raw_payload|financial_data)\"?[\\s)]*(::\\s*(text|varchar)|as\\s+(text|varchar)\\s*\\))[\\s)]*(not\\s+)?(i?like|~|similar)",
            Pattern.CASE_INSENSITIVE);

    private final Observed observed;
    private final Set<String> advised = new HashSet<>();

    /** @param observed of one look: an index that several queries lack is advised with the first of them */
    JsonAsText(Observed observed) {
        this.observed = observed;
    }

    /** @return empty when the query is of another form */
    Optional<Finding> on(Query query) {
        Matcher form = FORM.matcher(query.text());
        return form.find() ? Optional.of(found(query, form.group(1).toLowerCase(Locale.ROOT))) : Optional.empty();
    }

    private Finding found(Query query, String column) {
        List<Table> holders = observed.tables().stream()
                .filter(table -> table.jsonb().contains(column) && Queries.names(query, table.name()))
                .toList();
        if (holders.size() != 1) {
            return finding(
                    query,
                    "each row that is looked at is written out as text and searched; no index can serve that",
                    List.of(),
                    "by containment, " + contains(column) + ", which an index USING gin (" + column
                            + " jsonb_path_ops) serves; of which table, the text does not tell");
        }
        Table table = holders.get(0);
        boolean ours = observed.server().maker().isPresent();
        if (ours && table.name().equals(DOCUMENTS)) {
            return documents(query, column, table);
        }
        return ours && (table.name().equals(BARS) || table.parent().equals(BARS))
                ? bars(query, table)
                : others(query, column, table);
    }

    private Finding documents(Query query, String column, Table table) {
        return finding(
                query,
                why(table)
                        + (column.equals(DOCUMENT)
                                ? ""
                                : ", and raw_payload holds only the keys whose text was altered: the document is"
                                        + " financial_data"),
                index(table, DOCUMENT, ""),
                "by a generated column where there is one (market_cap, pe_ratio, dividend_yield, eps, beta), else by"
                        + " containment, " + served(table, DOCUMENT) + ": financial_data @> '{\"Sector\":"
                        + " \"TECHNOLOGY\"}', or by path: financial_data @? '$.Sector ? (@ == \"TECHNOLOGY\")'");
    }

    /** Of most bars nothing is left for the payload: an index on it would be for next to nothing. */
    private static Finding bars(Query query, Table table) {
        return finding(
                query,
                why(table) + ", and raw_payload is null where the columns hold all of a bar",
                List.of(),
                "by the columns, which the key serves: WHERE ticker = $1 AND endpoint = $2 AND \"timestamp\" >= $3; a key that"
                        + " only the payload has by containment beside them: " + contains("raw_payload"));
    }

    private Finding others(Query query, String column, Table table) {
        return finding(
                query,
                why(table),
                index(table, column, " WHERE " + column + " IS NOT NULL"),
                "by a column where there is one, else by containment, " + served(table, column) + ": "
                        + contains(column)
                        + (table.isPartitioned() ? "; while the index is built nobody writes to the table" : ""));
    }

    private static String why(Table table) {
        return "every row " + (table.isPartitioned() ? "of every partition " : "")
                + "is written out as text and searched; no index can serve that";
    }

    private static String contains(String column) {
        return column + " @> '{\"key\": \"value\"}'";
    }

    private String served(Table table, String column) {
        return "which " + existing(table, column).map(Index::name).orElse("a GIN index") + " serves";
    }

    private Optional<Index> existing(Table table, String column) {
        return observed.indexes().stream()
                .filter(index -> index.valid() && index.table().equals(table.name()))
                .filter(index -> index.definition().matches("(?s).* USING gin \\(" + column + "[ )].*"))
                .findFirst();
    }

    /** Of no use before the query is written anew, so that nothing of it is run unseen. */
    private List<Change> index(Table table, String column, String predicate) {
        String name = table.name() + "_" + column + "_gin";
        if (existing(table, column).isPresent() || !advised.add(name)) {
            return List.of();
        }
        String concurrently = table.isPartitioned() ? "" : "CONCURRENTLY ";
        return List.of(new Change(
                "CREATE INDEX " + concurrently + Identifier.quote(name) + " ON " + table.qualified() + " USING gin ("
                        + column + " jsonb_path_ops)" + predicate,
                "DROP INDEX " + concurrently + "IF EXISTS " + Identifier.quote(table.schema()) + "."
                        + Identifier.quote(name),
                Change.Effect.REVIEW));
    }

    private static Finding finding(Query query, String why, List<Change> changes, String next) {
        return new Finding(
                "query-json-as-text",
                Severity.WARN,
                "query " + query.id(),
                Queries.counters(query) + ": " + Queries.shown(query),
                why,
                changes,
                next,
                "datatype-json.html#JSON-INDEXING");
    }
}
