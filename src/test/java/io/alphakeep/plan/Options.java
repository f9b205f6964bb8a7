package io.alphakeep.plan;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/** Options of a run that differ from the ordinary ones in one thing. */
final class Options {

    private Options() {}

    static PlanOptions refresh() {
        return new PlanOptions(true, Optional.empty(), OptionalInt.empty(), false, false);
    }

    static PlanOptions since(String date) {
        return new PlanOptions(false, Optional.of(LocalDate.parse(date)), OptionalInt.empty(), false, false);
    }

    static PlanOptions max(int requests) {
        return new PlanOptions(false, Optional.empty(), OptionalInt.of(requests), false, false);
    }

    static PlanOptions compactOnly() {
        return new PlanOptions(false, Optional.empty(), OptionalInt.empty(), true, false);
    }

    static PlanOptions explicit() {
        return new PlanOptions(false, Optional.empty(), OptionalInt.empty(), false, true);
    }
}
