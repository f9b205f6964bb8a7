package io.alphakeep.scale;

import java.sql.SQLException;
import java.util.SplittableRandom;

/** Every kind of work in turn, by one session, with nothing else going on. */
public final class Idle {

    private static final int WARM_UP = 50;

    private Idle() {}

    public static Measured measure(ScaleDatabase database, Population population, Written written, int rounds) {
        Measured measured = new Measured();
        try (Session session =
                new Session(database, population, written, population.writtenTickers(), new SplittableRandom(rounds))) {
            for (int i = -WARM_UP; i < rounds; i++) {
                if (i == 0) {
                    measured.clear();
                }
                for (Read read : Read.ALL) {
                    session.read(read, measured.of(read));
                }
                for (Write write : Write.ALL) {
                    session.write(write, measured.of(write));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return measured;
    }
}
