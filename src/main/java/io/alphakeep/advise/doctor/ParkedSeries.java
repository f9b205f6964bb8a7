package io.alphakeep.advise.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** No series is no longer asked for because the API refused it. */
final class ParkedSeries implements Look {

    private static final String QUERY =
            "SELECT count(*) FILTER (WHERE parked_reason IS NOT NULL) AS parked, count(*) AS series FROM alpha_watermark";

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            String seen = row.getLong("parked") + " of " + row.getLong("series") + " series are parked";
            return row.getLong("parked") == 0
                    ? Check.ok(id, seen)
                    : Check.warn(
                            id,
                            seen,
                            "alphakeep watch list --parked says why; after a change of plan: alphakeep watch retry");
        }
    }
}
