package io.alphakeep.maintain.partition;

import java.time.Duration;

/**
 * How partitions are made.
 *
 * @param archiveAfterMonths years older than this are made as one partition; 1 to 1,200
 * @param lockTimeout        the longest wait for the parent's lock at one try; more than 0
 * @param tries              tries for one partition before it is postponed; 1 to 10
 * @param retryDelay         the wait between two tries, give or take a half; more than 0
 */
public record PartitionLimits(int archiveAfterMonths, Duration lockTimeout, int tries, Duration retryDelay) {

    public static final PartitionLimits DEFAULTS =
            new PartitionLimits(24, Duration.ofSeconds(2), 3, Duration.ofMillis(500));

    public PartitionLimits {
        if (archiveAfterMonths < 1 || archiveAfterMonths > 1_200) {
            throw new IllegalArgumentException("archiveAfterMonths " + archiveAfterMonths + ": 1 to 1200");
        }
        if (tries < 1 || tries > 10) {
            throw new IllegalArgumentException("tries " + tries + ": 1 to 10");
        }
        // A timeout of 0 would wait for ever.
        if (lockTimeout.toMillis() < 1 || retryDelay.toMillis() < 1) {
            throw new IllegalArgumentException("lock timeout and retry delay: at least 1 ms");
        }
    }
}
