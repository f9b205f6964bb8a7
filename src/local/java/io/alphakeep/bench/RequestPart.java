package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import io.alphakeep.write.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A day's requests: 100 bars each, of which 99 are known; the database's part of it. One bar more is stored than the answers
 * hold, as a series that is asked every day has older ones.
 */
final class RequestPart implements Part {

    private static final String PREFIX = "R";
    private static final int ROWS = 100;
    private static final double FACTOR = 3;
    private static final int PLANS_REQUESTS = 2_025;
    private static final double PLANS_SECONDS = 1.2;

    @Override
    public List<Comparison> measure(Bench bench) throws Exception {
        MixedTables.drop(bench);
        int requests = bench.options().sizes().requests();
        List<SeriesBars> histories = SeriesBars.daily(PREFIX, 0, requests, ROWS + 1);
        List<SeriesBars> known =
                histories.stream().map(each -> each.slice(0, ROWS)).toList();
        List<SeriesBars> answers =
                histories.stream().map(each -> each.slice(1, ROWS + 1)).toList();
        // Sessions that have done their first statements long ago: their like is at work for hours.
        try (Stored stored = Stored.of(bench, known);
                Connection one = bench.target().connect(UnchangedPart.rewritten());
                Connection two = bench.target().connect()) {
            one.setAutoCommit(false);
            two.setAutoCommit(false);
            SameRows same = new SameRows();
            List<Samples> seconds = bench.options()
                    .rounds()
                    .of(List.of(
                            technique(
                                    "addBatch, rewritten, DO UPDATE always",
                                    bench,
                                    stored,
                                    same,
                                    () -> AddBatch.write(one, "alpha_market_data", answers)),
                            technique("alphakeep", bench, stored, same, () -> {
                                WriteResult result = Ours.write(two, answers);
                                if (result.inserted() != requests || result.changed() != 0) {
                                    throw new IllegalStateException("not one new row each: " + result);
                                }
                            })));
            List<Samples> each =
                    seconds.stream().map(s -> perRequest(s, requests)).toList();
            return List.of(
                    new Comparison(
                            Section.WRITING,
                            "a request of 100 rows, 1 of them new",
                            each.get(0),
                            each.get(1),
                            "",
                            Optional.of(new Goal(Goal.Of.FACTOR, FACTOR, true)),
                            "mean of %,d requests, each committed".formatted(requests)),
                    new Comparison(
                            Section.WRITING,
                            "%,d such requests, one writer".formatted(requests),
                            seconds.get(0),
                            seconds.get(1),
                            "",
                            requests == PLANS_REQUESTS
                                    ? Optional.of(new Goal(Goal.Of.AFTER, PLANS_SECONDS, false))
                                    : Optional.empty(),
                            "database time"));
        } finally {
            MixedTables.drop(bench);
        }
    }

    private static Samples perRequest(Samples seconds, int requests) {
        List<Double> millis = new ArrayList<>();
        seconds.values().forEach(value -> millis.add(value * 1e3 / requests));
        return new Samples(seconds.technique(), Unit.MILLISECONDS, millis);
    }

    private interface Write {
        void run() throws SQLException;
    }

    private static Technique technique(String name, Bench bench, Stored stored, SameRows same, Write write) {
        return new Measured(name, Unit.SECONDS, round -> {
            bench.progress("bench: request, " + name + ", round " + round);
            stored.restore();
            double seconds = Measured.seconds(write::run);
            stored.look(same, name);
            return seconds;
        });
    }
}
