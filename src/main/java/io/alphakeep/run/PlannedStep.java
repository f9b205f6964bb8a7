package io.alphakeep.run;

import java.util.List;

/**
 * A step of maintenance that is due.
 *
 * @param part of {@link MaintainRequest#PARTS}
 * @param sql  each statement without its semicolon
 */
public record PlannedStep(String part, String action, String target, String why, List<String> sql) {}
