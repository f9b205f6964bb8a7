/**
 * The settings and the exception that ends a command. In: environment, system properties, files of secrets; out: typed,
 * validated, masked settings. Imports nothing of ours; fails with {@link io.alphakeep.config.Failure} 78 that names the
 * setting.
 */
package io.alphakeep.config;
