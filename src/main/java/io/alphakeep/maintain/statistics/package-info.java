/**
 * The planner's statistics: ANALYZE where much has changed, and of partitioned parents, which autovacuum never analyses
 * (manual, "Updating Planner Statistics"). In: what the server knows of its tables; out: one step per table. May import db
 * and the shared ground of maintenance; a table that somebody holds is passed over and postponed.
 */
package io.alphakeep.maintain.statistics;
