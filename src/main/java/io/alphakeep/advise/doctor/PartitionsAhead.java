package io.alphakeep.advise.doctor;

import io.alphakeep.db.Instants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Months after the running one have their partitions of {@code alpha_market_data}. */
final class PartitionsAhead implements Look {

    /** With one month left, a maintenance that stands still for a month leaves none. */
    private static final int FEW = 2;

    private static final int MOST = 120;

    // A bound has no columns in it: with 0 instead of its table it is read from the catalogue alone, without a lock.
    private static final String BOUNDS = """
            SELECT trim(bound[1], '''')::timestamptz AS lower, trim(bound[2], '''')::timestamptz AS upper
            FROM pg_inherits i
            JOIN pg_class c ON c.oid = i.inhrelid
            JOIN pg_class p ON p.oid = i.inhparent AND p.relname = 'alpha_market_data'
            JOIN pg_namespace s ON s.oid = p.relnamespace AND s.nspname = ?
            CROSS JOIN LATERAL regexp_match(
                pg_get_expr(c.relpartbound, 0), '^FOR VALUES FROM \\((''.+'')\\) TO \\((''.+'')\\)$') AS bound
            WHERE NOT i.inhdetachpending AND bound IS NOT NULL
            """;

    private record Range(Instant lower, Instant upper) {}

    private final String schema;
    private final IntSupplier monthsAhead;
    private final Clock clock;

    PartitionsAhead(String schema, IntSupplier monthsAhead, Clock clock) {
        this.schema = schema;
        this.monthsAhead = monthsAhead;
        this.clock = clock;
    }

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        List<Range> ranges = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(BOUNDS)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ranges.add(new Range(Instants.get(rows, "lower"), Instants.get(rows, "upper")));
                }
            }
        }
        return judge(id, ranges.size(), ahead(ranges), monthsAhead.getAsInt());
    }

    private int ahead(List<Range> ranges) {
        YearMonth running = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
        int ahead = 0;
        while (ahead < MOST && holds(ranges, running.plusMonths(ahead + 1L))) {
            ahead++;
        }
        return ahead;
    }

    private static boolean holds(List<Range> ranges, YearMonth month) {
        Instant start = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return ranges.stream().anyMatch(range -> !start.isBefore(range.lower()) && start.isBefore(range.upper()));
    }

    /** @param kept by the policy */
    static Check judge(String id, int partitions, int ahead, int kept) {
        String seen = partitions + " partitions, " + ahead + " months ahead of now; the policy keeps " + kept;
        String fix = "alphakeep maintain partitions, and let a scheduler run alphakeep maintain daily";
        if (partitions == 0) {
            return Check.warn(id, "no partition yet; the policy keeps " + kept + " months ahead", fix);
        }
        if (ahead == 0) {
            return Check.fail(id, seen, fix);
        }
        return ahead < Math.min(FEW, kept) ? Check.warn(id, seen, fix) : Check.ok(id, seen);
    }
}
