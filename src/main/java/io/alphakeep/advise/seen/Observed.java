package io.alphakeep.advise.seen;

import java.util.List;

/**
 * All that the rules judge by, as it was at one time.
 *
 * @param machine    what the server runs on
 * @param server     its settings and counters
 * @param tables     of the schema, named {@code alpha_…}; partitions are tables of their own
 * @param indexes    of those tables
 * @param partitions of those tables
 * @param sessions   of this database that have a transaction open, and prepared transactions
 * @param slots      replication slots of the server
 * @param queries    of pg_stat_statements that name a table {@code alpha_…}, by total time
 * @param ages       of the databases of the server
 * @param oldest     the tables of this database that were frozen longest ago, quoted, with their age
 * @param unseen     what could not be looked at and why
 */
public record Observed(
        Machine machine,
        Server server,
        List<Table> tables,
        List<Index> indexes,
        List<Partition> partitions,
        List<Session> sessions,
        List<Slot> slots,
        List<Query> queries,
        List<Age> ages,
        List<Age> oldest,
        List<String> unseen) {

    /**
     * Of a database or a table.
     *
     * @param transactions since it was frozen
     * @param multixacts   since it was frozen
     */
    public record Age(String name, long transactions, long multixacts) {

        /** Of so many tables, the oldest ones, it is read. */
        public static final int OLDEST = 10;
    }

    /**
     * One partition.
     *
     * @param parent     the table's name
     * @param name       the partition's name
     * @param isDefault  it takes what no other does
     * @param ahead      whole months that begin after now; 0 for the month of now, negative for past ones; of monthly and
     *                   longer partitions the first month. Null where the bounds are no instants
     * @param aheadUntil the last month, counted the same way, that it holds the beginning of
     */
    public record Partition(String parent, String name, boolean isDefault, Integer ahead, Integer aheadUntil) {}

    /**
     * A transaction that is open.
     *
     * @param pid      0 for a prepared one
     * @param who      role and program, or the name of the prepared transaction
     * @param started  when it began, as PostgreSQL writes it, to know it again
     * @param state    as pg_stat_activity has it; {@code prepared} for a prepared one
     * @param seconds  since it began
     * @param idle     seconds since it last did something; 0 while it does
     * @param ours     this program's own
     */
    public record Session(int pid, String who, String started, String state, long seconds, long idle, boolean ours) {}

    /**
     * A replication slot.
     *
     * @param retainedBytes of WAL that it holds; -1 when it never reserved any
     * @param status        wal_status; empty when there is none
     */
    public record Slot(String name, boolean active, long retainedBytes, String status, String inactiveSince) {}

    /**
     * A statement of pg_stat_statements.
     *
     * @param text   with its constants replaced, cut at 2,000 characters
     * @param blocks touched per call, in the cache or not
     * @param rows   returned per call
     * @param share  of the time of all statements of this database, 0 to 1
     */
    public record Query(
            String id, String text, long calls, double meanMillis, double blocks, double rows, double share) {}
}
