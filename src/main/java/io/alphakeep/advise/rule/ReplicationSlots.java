package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Observed.Slot;
import java.util.List;

/** No replication slot holds WAL for somebody who does not come, or who does not get through it. */
final class ReplicationSlots implements Rule {

    private static final String ID = "replication-slot";
    private static final String MANUAL = "view-pg-replication-slots.html";
    private static final long MUCH = Sizes.GIB;
    private static final long TOO_MUCH = 10 * Sizes.GIB;

    @Override
    public List<Finding> on(Observed observed) {
        // A slot that never reserved WAL holds none (-1).
        return observed.slots().stream()
                .filter(slot -> slot.retainedBytes() >= (slot.active() ? MUCH : 0))
                .map(ReplicationSlots::finding)
                .toList();
    }

    private static Finding finding(Slot slot) {
        Severity severity = slot.retainedBytes() >= TOO_MUCH
                ? Severity.CRITICAL
                : slot.retainedBytes() >= MUCH ? Severity.WARN : Severity.INFO;
        String holds = ", holds " + Sizes.text(slot.retainedBytes()) + " of WAL (" + slot.status() + ")";
        return slot.active() ? behind(slot, severity, "active" + holds) : left(slot, severity, holds);
    }

    private static Finding behind(Slot slot, Severity severity, String evidence) {
        return new Finding(
                ID,
                severity,
                slot.name(),
                evidence,
                "its consumer is there and does not get through; the server keeps all WAL since then until the disk is full",
                List.of(),
                "see in pg_stat_replication what it waits for: the network, its disk, a conflict, a transaction that is not"
                        + " over; max_slot_wal_keep_size bounds what all slots hold",
                MANUAL);
    }

    private static Finding left(Slot slot, Severity severity, String holds) {
        String since = slot.inactiveSince().isEmpty() ? "" : " since " + slot.inactiveSince();
        return new Finding(
                ID,
                severity,
                slot.name(),
                "inactive" + since + holds,
                "the server keeps all WAL since then, and may keep dead rows, until the disk is full",
                List.of(new Change(
                        "SELECT pg_drop_replication_slot('" + slot.name().replace("'", "''") + "')",
                        "",
                        Change.Effect.REVIEW)),
                "start its consumer again; drop the slot only when none will come; max_slot_wal_keep_size bounds them all",
                MANUAL);
    }
}
