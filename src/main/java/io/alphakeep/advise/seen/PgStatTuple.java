package io.alphakeep.advise.seen;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Dead row versions and free space as pgstattuple_approx counts them where that is installed: it skips the pages that the
 * visibility map knows, and reads the rest. Only of the few tables of which the server's counter says that there is something
 * to see, and of the few largest ones.
 */
final class PgStatTuple {

    private static final int MOST_TABLES = 5;
    private static final long FEW_DEAD = 1_000;
    /** 10 MiB. */
    private static final long LARGE_PAGES = 1_280;

    private static final String SCHEMA = """
            SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname = 'pgstattuple'
            """;

    private final Transactions transactions;
    private final List<String> unseen;

    PgStatTuple(Transactions transactions, List<String> unseen) {
        this.transactions = transactions;
        this.unseen = unseen;
    }

    List<Table> measure(List<Table> tables) {
        Set<Table> worst = new LinkedHashSet<>(most(tables, Table::dead, FEW_DEAD));
        worst.addAll(most(tables, Table::pages, LARGE_PAGES));
        if (worst.isEmpty()) {
            return tables;
        }
        Map<String, Table> measured = new HashMap<>();
        try {
            List<String> schema = transactions.run(c -> ObservedReader.rows(c, SCHEMA, row -> row.getString(1)));
            if (schema.isEmpty()) {
                return tables;
            }
            String sql = "SELECT dead_tuple_count, approx_free_percent FROM " + schema.get(0)
                    + ".pgstattuple_approx(?::regclass)";
            for (Table table : worst) {
                measured.put(
                        table.name(),
                        transactions
                                .run(c -> ObservedReader.rows(
                                        c,
                                        sql,
                                        row -> counted(table, row.getLong(1), row.getDouble(2) / 100),
                                        table.qualified()))
                                .get(0));
            }
        } catch (DatabaseException e) {
            if (ObservedReader.isGone(e)) {
                throw e;
            }
            unseen.add("dead rows and free space by pgstattuple, so by the server's estimate: " + e.getMessage());
        }
        List<Table> all = new ArrayList<>();
        tables.forEach(table -> all.add(measured.getOrDefault(table.name(), table)));
        return all;
    }

    private static List<Table> most(List<Table> tables, ToLongFunction<Table> of, long least) {
        return tables.stream()
                .filter(table -> of.applyAsLong(table) >= least && !table.isPartitioned())
                .sorted(Comparator.comparingLong(of).reversed())
                .limit(MOST_TABLES)
                .toList();
    }

    private static Table counted(Table table, long dead, double free) {
        return new Table(
                table.schema(),
                table.name(),
                table.kind(),
                table.parent(),
                table.pages(),
                table.rows(),
                dead,
                true,
                free,
                table.options(),
                table.jsonb());
    }
}
