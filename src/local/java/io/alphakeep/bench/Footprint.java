package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a write leaves behind on the server. */
final class Footprint {

    /**
     * @param wal  bytes of the log that the server has written, everybody's
     * @param size bytes of the tables and their indexes
     * @param dead rows that are to be vacuumed
     */
    record Mark(double wal, double size, double dead) {}

    private final int rows;
    private final List<Double> wal = new ArrayList<>();
    private final List<Double> growth = new ArrayList<>();
    private final List<Double> dead = new ArrayList<>();

    Footprint(int rows) {
        this.rows = rows;
    }

    void add(Mark before, Mark after) {
        wal.add((after.wal() - before.wal()) / rows);
        growth.add(after.size() - before.size());
        dead.add(after.dead() - before.dead());
    }

    static List<Comparison> lines(String work, Footprint before, Footprint after, double walBytesPerRow) {
        return List.of(
                line(work + ": WAL", before.wal, after.wal, Unit.BYTES_PER_ROW, walBytesPerRow, "of the whole server"),
                line(work + ": growth", before.growth, after.growth, Unit.BYTES, 0, "tables and indexes"),
                line(work + ": dead rows", before.dead, after.dead, Unit.ROWS, 0, "as the server counts them"));
    }

    private static Comparison line(
            String work, List<Double> before, List<Double> after, Unit unit, double bound, String note) {
        return new Comparison(
                Section.WRITING,
                work,
                new Samples("DO UPDATE always, staged", unit, before),
                new Samples("alphakeep", unit, after),
                "",
                Optional.of(new Goal(Goal.Of.AFTER, bound, false)),
                note);
    }
}
