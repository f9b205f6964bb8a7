/**
 * One class for each concern: what was seen → findings. Pure; thresholds are named constants. A rule whose ground is missing is
 * silent. May import config and db.
 */
package io.alphakeep.advise.rule;
