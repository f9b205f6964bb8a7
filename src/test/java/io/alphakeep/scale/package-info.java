/**
 * Fills a warehouse with many millions of bars and measures who waits for how long while it is read, written and
 * maintained. {@link io.alphakeep.scale.BarGenerator} fills, {@link io.alphakeep.scale.Prober} asks and writes, {@link
 * io.alphakeep.scale.ScaleReport} has the table; {@code ScaleIT} strings them together.
 */
package io.alphakeep.scale;
