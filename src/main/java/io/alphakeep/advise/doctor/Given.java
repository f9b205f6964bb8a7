package io.alphakeep.advise.doctor;

import io.alphakeep.config.DatabaseUrl;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What the looks need to know of the settings.
 *
 * @param database     where it is
 * @param connections  the most that one run needs at once
 * @param simulatedApi the API is the program's own stand-in (true) or Alpha Vantage (false); empty where only an answer tells
 * @param monthsAhead  reads the policy of that name; may throw what the database does
 */
public record Given(DatabaseUrl database, int connections, Optional<Boolean> simulatedApi, IntSupplier monthsAhead) {}
