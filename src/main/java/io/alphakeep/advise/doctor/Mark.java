package io.alphakeep.advise.doctor;

import java.util.Optional;

/** Simulated data never enters a real warehouse, nor real data a demo one. */
final class Mark {

    private Mark() {}

    static Check of(boolean demo, Optional<Boolean> simulatedApi, String id) {
        String kind = demo ? "a warehouse of simulated data" : "a warehouse of real data";
        if (simulatedApi.isEmpty()) {
            return Check.ok(id, kind + "; whether the API is of that kind, only an answer tells (--spend)");
        }
        if (simulatedApi.get() == demo) {
            return Check.ok(id, kind + ", and so is the API");
        }
        return Check.fail(
                id,
                kind + ", but the API is " + (demo ? "the real one" : "a stand-in"),
                demo
                        ? "set ALPHAKEEP_DATABASE_URL to a database of its own, made by: alphakeep migrate"
                        : "use a database made by: alphakeep migrate --demo, or set ALPHAKEEP_API_URL to the real API");
    }
}
