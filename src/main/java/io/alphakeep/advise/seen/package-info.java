/**
 * What the advice is founded on: records, and the thin readers that fill them. Each part is read by itself, within a short lock
 * and statement timeout; what a role may not see, or what did not answer, is a line of {@code Observed.unseen}. May import
 * config and db.
 */
package io.alphakeep.advise.seen;
