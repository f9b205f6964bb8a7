package io.alphakeep.plan;

import io.alphakeep.catalog.Function;
import io.alphakeep.market.Gap;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** All that is known of one series when it is planned. */
record Situation(WatchEntry entry, Function function, Watermark watermark, PlanOptions options, Instant now) {

    Series series() {
        return entry.series();
    }

    /** The oldest date wanted; {@code --since} counts before the watchlist. */
    Optional<LocalDate> from() {
        return options.since().or(entry::from);
    }

    /** Whether the API would give all there is. */
    boolean fullPossible() {
        return !function.outputSizes() || !(options.compactOnly() || watermark.fullRefused());
    }

    /** Whether the whole history is owed and can be had; what cannot be had must not be asked again in every run. */
    boolean refreshDue() {
        return watermark.refreshOwed() && fullPossible();
    }

    /** What is missing in the middle of what is stored, where the full answer can hold it. */
    Optional<Gap> fillableGap() {
        return watermark.holes().gap().filter(gap -> function.outputSizes() && !function.intraday() && fullPossible());
    }

    boolean hasBars() {
        return watermark.lastTimestamp() != null;
    }

    /** The date of the newest stored bar. */
    LocalDate lastDate() {
        return dateOf(watermark.lastTimestamp());
    }

    /** The date of a bar: daily and longer ones stand at 00:00 UTC of their date, intraday ones at their instant. */
    LocalDate dateOf(Instant timestamp) {
        return function.intraday() ? Timetable.date(timestamp) : LocalDate.ofInstant(timestamp, ZoneOffset.UTC);
    }

    /** The last session, week's end or month's end that is published by now. */
    LocalDate lastPublished() {
        return Timetable.lastPublished(function.rhythm(), now);
    }
}
