package io.alphakeep.write;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What is needed of a bar in storage to judge the one after it.
 *
 * @param close null where the bar has none
 */
record StoredBar(Instant timestamp, BigDecimal close) {}
