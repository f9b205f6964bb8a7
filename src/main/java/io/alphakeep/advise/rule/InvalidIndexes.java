package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Index;
import io.alphakeep.advise.seen.Observed;
import java.util.List;

/** No build that broke off left an index behind. */
final class InvalidIndexes implements Rule {

    @Override
    public List<Finding> on(Observed observed) {
        return observed.indexes().stream()
                .filter(index -> !index.partitioned() && !index.valid() && !index.building() && !index.needed())
                .map(InvalidIndexes::finding)
                .toList();
    }

    private static Finding finding(Index index) {
        return new Finding(
                "index-invalid",
                Severity.WARN,
                index.name(),
                "invalid, of " + index.table() + ", " + Sizes.text(index.pages() * Sizes.PAGE),
                "each write keeps it up, and no query uses it",
                List.of(Ours.drop(index)),
                "if it is wanted, the undo builds it whole",
                "sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY");
    }
}
