package io.alphakeep.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that one bench found.
 *
 * @param startedAt   when it began
 * @param took        how long it took
 * @param quick       with {@code --quick}: fewer rows and rounds
 * @param environment what it ran on, in the order to be shown: program, Java, processor, cores, memory, server, its settings,
 *                    whether over loopback; never a password
 * @param comparisons the lines, in the order to be shown
 * @param skipped     what was not measured, and why: {@code "asyncpg: not installed (apt install python3-asyncpg)"}
 */
record BenchReport(
        Instant startedAt,
        Duration took,
        boolean quick,
        Map<String, String> environment,
        List<Comparison> comparisons,
        List<String> skipped) {}
