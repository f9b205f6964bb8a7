package io.alphakeep.decode;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.function.LongUnaryOperator;

/**
 * Local seconds of a zone → seconds of the world, by the rules of the zone: an hour that happens twice means its first
 * time, one that does not happen is moved behind the gap (no exchange trades then). Rows come day by day, so the offset of a
 * day is looked up once, unless the clocks change near it. Not for use by several threads.
 */
final class ZoneShift implements LongUnaryOperator {

    private final ZoneId zone;
    private final ZoneRules rules;
    private long day = Long.MIN_VALUE;
    private boolean plain;
    private long offset;

    ZoneShift(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
    }

    @Override
    public long applyAsLong(long local) {
        long localDay = Math.floorDiv(local, Stamps.DAY_SECONDS);
        if (localDay != day) {
            day = localDay;
            look();
        }
        return plain
                ? local - offset
                : LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC)
                        .atZone(zone)
                        .toEpochSecond();
    }

    /** A day is plain when no change of the clocks is within a day of it: none is larger than a day. */
    private void look() {
        LocalDateTime start = LocalDateTime.ofEpochSecond(day * Stamps.DAY_SECONDS, 0, ZoneOffset.UTC);
        offset = rules.getOffset(start).getTotalSeconds();
        if (rules.isFixedOffset()) {
            plain = true;
            return;
        }
        long first = day * Stamps.DAY_SECONDS - offset - 2 * Stamps.DAY_SECONDS;
        ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(first));
        plain = next == null || next.toEpochSecond() > first + 5 * Stamps.DAY_SECONDS;
    }
}
