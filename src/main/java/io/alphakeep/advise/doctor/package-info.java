/**
 * What has to be so that the program works: one look each, each with its evidence and its fix. A look that fails says so and
 * does not keep the others from being done. May import config, db and advise.seen; throws nothing that the database does.
 */
package io.alphakeep.advise.doctor;
