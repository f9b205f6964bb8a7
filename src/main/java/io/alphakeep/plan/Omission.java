package io.alphakeep.plan;

import io.alphakeep.market.Series;
import java.time.Instant;
import java.util.Optional;

/**
 * A series of which this plan asks nothing, or not everything.
 *
 * @param series which
 * @param reason one line for people: why not
 * @param dueAt  the earliest moment at which a plan would ask its current data; empty when time alone does not bring it
 */
public record Omission(Series series, String reason, Optional<Instant> dueAt) {}
