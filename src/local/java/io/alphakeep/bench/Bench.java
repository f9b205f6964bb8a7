package io.alphakeep.bench;

import io.alphakeep.config.Settings;
import io.alphakeep.db.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One bench under way: where it works, how much it is to do, and what it has to say besides figures. */
final class Bench {

    private final Target target;
    private final Settings settings;
    private final BenchOptions options;
    private final Transactions transactions;
    private final Consumer<String> progress;
    private final List<String> skipped = new ArrayList<>();

    Bench(
            Target target,
            Settings settings,
            BenchOptions options,
            Transactions transactions,
            Consumer<String> progress) {
        this.target = target;
        this.settings = settings;
        this.options = options;
        this.transactions = transactions;
        this.progress = progress;
    }

    Target target() {
        return target;
    }

    /** As given, with the database filled in. */
    Settings settings() {
        return settings;
    }

    BenchOptions options() {
        return options;
    }

    /** On the scratch schema, over connections that are kept open. */
    Transactions transactions() {
        return transactions;
    }

    /** What is being done now, for somebody who looks on. */
    void progress(String what) {
        progress.accept(what);
    }

    /** @param what was not measured, and why: {@code "asyncpg: not installed (apt install python3-asyncpg)"} */
    void skip(String what) {
        skipped.add(what);
    }

    List<String> skipped() {
        return List.copyOf(skipped);
    }
}
