package io.alphakeep.run;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.market.Series;
import io.alphakeep.market.Symbol;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms that the parts of a run's request have, whichever door they come by. All throw an IllegalArgumentException that
 * names the value and the form.
 */
public final class RequestForms {

    /** What the most requests of a run may be, in words. */
    public static final String MAX_REQUESTS = "at least 1";

    private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,8})([smhd])");

    private RequestForms() {}

    public static Symbol symbol(String text) {
        return new Symbol(text);
    }

    /** To the form that {@link Series#functionText} has; an intraday function may stand without its interval. */
    public static String function(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return Catalog.find(name).isPresent() ? name : Catalog.series("X", text).functionText();
    }

    public static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date; write it as in 2020-01-31", e);
        }
    }

    /** As in {@code 90s}, {@code 10m}, {@code 2h}, {@code 7d}. */
    public static Duration duration(String text) {
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; write it as in 90s, 10m, 2h or 7d");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
