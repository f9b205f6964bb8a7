package io.alphakeep.market;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What is known of holes in a series' stored history.
 *
 * @param backfillAt     when a month of its backfill was last answered; null = none was
 * @param checkedAt      when storage was last looked at, in full up to the newest bar; null = it is to be looked at
 * @param checkedThrough nothing that the source has is missing up to this date: bars are there, or were asked for and are
 *     absent at the source as well; null = nothing is known
 * @param passAt         when the look at the history began from its oldest bar; null = never
 * @param askedAt        when a gap was last asked for; null = never
 * @param gap            the first gap after {@code checkedThrough}, to be asked for
 */
public record Holes(
        Instant backfillAt,
        Instant checkedAt,
        LocalDate checkedThrough,
        Instant passAt,
        Instant askedAt,
        Optional<Gap> gap) {

    /** Nobody has looked. */
    public static final Holes UNKNOWN = new Holes(null, null, null, null, null, Optional.empty());

    public Holes backfilled(Instant at) {
        return new Holes(at, checkedAt, checkedThrough, passAt, askedAt, gap);
    }

    /**
     * The source was asked for all up to a date: what is missing still is absent there, too. What comes behind it is looked
     * at again.
     */
    public Holes settled(LocalDate through, Instant at) {
        boolean further = checkedThrough == null || through.isAfter(checkedThrough);
        return new Holes(
                backfillAt,
                null,
                further ? through : checkedThrough,
                passAt == null ? at : passAt,
                gap.isPresent() ? at : askedAt,
                gap.filter(g -> g.through().isAfter(through)));
    }
}
