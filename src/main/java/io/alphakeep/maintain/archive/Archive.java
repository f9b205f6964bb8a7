package io.alphakeep.maintain.archive;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Catalogue;
import io.alphakeep.maintain.Outside;
import io.alphakeep.maintain.Part;
import io.alphakeep.maintain.StepResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The part of maintenance that keeps old data. The connected role must own the table. */
public final class Archive implements Part<ArchiveStep> {

    private static final String ADJUSTED_FROM =
            "SELECT min(first_timestamp) AS adjusted_from FROM alpha_watermark WHERE endpoint ILIKE '%adjusted%'";

    private static final String OWNER =
            "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass(quote_ident(?))";

    private static final String LZ4 =
            "SELECT EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals))";

    private final Transactions transactions;
    private final Statements sql;
    private final ArchivePolicy policy;
    private final Clock clock;
    private final Merging merging;
    private final Leaving leaving;
    private final Dropping dropping;

    /**
     * @param transactions whose lock timeout is the longest that anybody may have to wait for maintenance, and whose
     *                     statement timeout is the longest that copying or comparing a year may take
     * @param table        partitioned by range of {@code timestamp}, such as {@code alpha_market_data}
     */
    public Archive(
            Transactions transactions, Outside outside, Brake brake, String table, ArchivePolicy policy, Clock clock) {
        this.transactions = transactions;
        this.sql = new Statements(transactions.schema(), table);
        this.policy = policy;
        this.clock = clock;
        Copying copying = new Copying(transactions, brake, sql, clock);
        Handover handover = new Handover(transactions, brake, sql);
        OldSnapshots snapshots = new OldSnapshots(transactions, brake);
        this.merging = new Merging(outside, sql, copying, handover, snapshots, new Sizes(transactions), clock);
        this.leaving = new Leaving(transactions, brake, sql, copying, handover, snapshots, policy.graceDays(), clock);
        this.dropping = new Dropping(transactions, sql, copying, handover);
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public List<ArchiveStep> plan() {
        return planner().plan(state());
    }

    @Override
    public StepResult run(ArchiveStep step) {
        if (step instanceof ArchiveStep.Merge merge) {
            return merging.run(merge);
        }
        if (step instanceof ArchiveStep.Move move) {
            return leaving.move(move);
        }
        if (step instanceof ArchiveStep.Fold fold) {
            return leaving.fold(fold);
        }
        if (step instanceof ArchiveStep.Expire expire) {
            return leaving.expire(expire);
        }
        return dropping.run(((ArchiveStep.Drop) step).line());
    }

    private ArchivePlanner planner() {
        return new ArchivePlanner(sql, policy, clock.instant());
    }

    private ArchiveState state() {
        Catalogue catalogue = new Catalogue(transactions);
        return transactions.run(connection -> new ArchiveState(
                catalogue.partitions(connection, sql.table()),
                owner(connection, sql.table()),
                owner(connection, sql.archive()) != null,
                catalogue.partitions(connection, sql.archive()),
                Lines.read(connection, sql.table(), sql.archive()),
                adjustedFrom(connection),
                isTrue(connection, LZ4)));
    }

    /** Null when there is no such table. */
    private static String owner(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OWNER)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static Instant adjustedFrom(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADJUSTED_FROM);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Instants.get(row, "adjusted_from") : null;
        }
    }

    private static boolean isTrue(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
