package io.alphakeep.bench;

import io.alphakeep.write.BarWriter;
import io.alphakeep.write.WriteContext;
import io.alphakeep.write.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** This program's own way to write bars: one transaction for each answer. */
final class Ours {

    private static final BarWriter WRITER = new BarWriter();

    private Ours() {}

    /** @param connection without autocommit, its search path the scratch schema */
    static WriteResult write(Connection connection, SeriesBars answer) throws SQLException {
        WriteContext context = new WriteContext(1, Clock.systemUTC().instant(), false);
        WriteResult result =
                WRITER.write(connection, answer.series(), answer.bars().asList(), context);
        connection.commit();
        return result;
    }

    static WriteResult write(Connection connection, List<SeriesBars> answers) throws SQLException {
        WriteResult sum = WriteResult.NONE;
        for (SeriesBars answer : answers) {
            sum = sum.plus(write(connection, answer));
        }
        return sum;
    }
}
