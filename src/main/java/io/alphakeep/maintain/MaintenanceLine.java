package io.alphakeep.maintain;

import java.time.Instant;

/** What {@code alpha_maintenance} keeps of one step. */
public record MaintenanceLine(String action, String target, Instant startedAt, Instant finishedAt, StepResult result) {}
