package io.alphakeep.local;

import java.time.LocalDate;

/**
 * A session of a share, as traded: not adjusted for what came later.
 *
 * @param date     of the session
 * @param open     in ten-thousandths of a dollar, as all prices here
 * @param high     highest
 * @param low      lowest, above zero
 * @param close    last
 * @param volume   shares
 * @param dividend that went ex on the morning of the session; 0 on most days
 * @param split    new shares for one old share since the morning of the session; 1 on most days
 */
record DayBar(LocalDate date, long open, long high, long low, long close, long volume, long dividend, double split) {}
