package io.alphakeep.maintain.archive;

import io.alphakeep.db.ArrayLiteral;
import io.alphakeep.db.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Locale;

/** What tables take on the disk, with their indexes and TOAST. */
final class Sizes {

    private static final String SUM = """
            SELECT coalesce(sum(pg_total_relation_size(oid)), 0)
            FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname = ANY (?::text[])
            """;

    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private final Transactions transactions;

    Sizes(Transactions transactions) {
        this.transactions = transactions;
    }

    long of(List<String> relations) {
        ArrayLiteral names = new ArrayLiteral();
        relations.forEach(names::add);
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SUM)) {
                statement.setString(1, names.toString());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    static String text(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MiB", bytes / MEBIBYTE);
    }
}
