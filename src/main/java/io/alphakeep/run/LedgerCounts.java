package io.alphakeep.run;

import io.alphakeep.ledger.RequestCounts;
import io.alphakeep.ledger.RowCounts;
import io.alphakeep.write.WriteResult;

/** Counts in the form that the ledger keeps; it knows neither the report nor the writer. */
final class LedgerCounts {

    private LedgerCounts() {}

    static RequestCounts of(RunReport.Requests r) {
        return new RequestCounts(r.planned(), r.sent(), r.ok(), r.empty(), r.throttled(), r.failed(), r.skipped());
    }

    static RowCounts of(WriteResult r) {
        return new RowCounts(r.inserted(), r.changed(), r.unchanged(), r.removed(), r.rejected());
    }
}
