/**
 * How many connections the pool may hold. In: what the pool and the server are at ({@link io.alphakeep.pool.PoolSample}); a
 * pure policy decides, and {@link io.alphakeep.pool.Pool}, which alone touches Agroal, applies it. May import config. Fails by
 * leaving the pool as it is.
 */
package io.alphakeep.pool;
