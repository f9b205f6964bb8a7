/**
 * Bytes → rows, by streaming, one decoder per answer shape. In: the stream of a body that {@code fetch} calls data, read
 * once; out: {@link io.alphakeep.decode.Decoded}, bars in columns. May import market, config and catalog. A row that cannot
 * be read is a reject; a body that cannot be read, or would take more memory than one body may, is a {@link
 * io.alphakeep.decode.DecodeException} with its place.
 */
package io.alphakeep.decode;
