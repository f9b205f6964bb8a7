package io.alphakeep.run;

/**
 * Where the data is, for people.
 *
 * @param database  host, port and database
 * @param howToLook the psql line; more lines where something must be said about it
 */
public record Place(String database, String howToLook) {}
