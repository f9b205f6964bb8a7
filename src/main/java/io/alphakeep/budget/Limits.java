package io.alphakeep.budget;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many requests a key may send; 0 means no limit.
 *
 * @param perSecond requests in any second
 * @param perMinute requests in any minute
 * @param perDay    requests a calendar day
 * @param day       which calendar day
 */
public record Limits(int perSecond, int perMinute, int perDay, AllowanceDay day) {

    /** Up to these a reservation is of one permit: the row is taken fast enough for them. */
    private static final int MINUTE_OF_ONE = 300;

    private static final int SECOND_OF_ONE = 5;

    /** Without a window nothing can grow too old in it; more workers there are not. */
    private static final int MOST_PERMITS = 32;

    private static final Limits UNLIMITED = new Limits(0, 0, 0);
    private static final String PLANS =
            "free, premium-75, premium-150, premium-300, premium-600, premium-1200, unlimited";

    /** What the provider sells: N a minute, and no more than N/60, rounded up, in a second (ALPHA VANTAGE plans). */
    private static final Map<String, Limits> BY_PLAN = Map.of(
            "free", new Limits(1, 0, 25),
            "premium-75", new Limits(2, 75, 0),
            "premium-150", new Limits(3, 150, 0),
            "premium-300", new Limits(5, 300, 0),
            "premium-600", new Limits(10, 600, 0),
            "premium-1200", new Limits(20, 1200, 0),
            "unlimited", UNLIMITED);

    Limits(int perSecond, int perMinute, int perDay) {
        this(perSecond, perMinute, perDay, AllowanceDay.STRICT);
    }

    /** @throws IllegalArgumentException when one is negative */
    public Limits {
        if (perSecond < 0 || perMinute < 0 || perDay < 0) {
            throw new IllegalArgumentException(
                    "requests per second, minute and day must be 0 (no limit) or more, but are " + perSecond + ", "
                            + perMinute + " and " + perDay);
        }
    }

    /**
     * The limits of a plan, each part overridden where one is given.
     *
     * @param plan           the plan's name; empty or null: {@code free} for the public endpoint, else {@code unlimited}
     * @param calendarDay    which day the day's limit is for
     * @param publicEndpoint whether the requests go to Alpha Vantage itself
     * @throws IllegalArgumentException for an unknown plan, naming it and listing the plans, or a negative part
     */
    public static Limits of(
            String plan,
            OptionalInt second,
            OptionalInt minute,
            OptionalInt day,
            AllowanceDay calendarDay,
            boolean publicEndpoint) {
        String name = plan == null ? "" : plan.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            name = publicEndpoint ? "free" : "unlimited";
        }
        Limits preset = BY_PLAN.get(name);
        if (preset == null) {
            throw new IllegalArgumentException("'" + plan.strip() + "' is not a plan; there is " + PLANS);
        }
        return new Limits(
                second.orElse(preset.perSecond),
                minute.orElse(preset.perMinute),
                day.orElse(preset.perDay),
                calendarDay);
    }

    /** Whether there is no limit at all. */
    public boolean isNone() {
        return perSecond == 0 && perMinute == 0 && perDay == 0;
    }

    /** How many permits one reservation may take. */
    int mostPermits() {
        int bySecond = perSecond == 0 ? MOST_PERMITS : roundedUp(perSecond, SECOND_OF_ONE);
        int byMinute = perMinute == 0 ? MOST_PERMITS : roundedUp(perMinute, MINUTE_OF_ONE);
        return Math.min(MOST_PERMITS, Math.min(bySecond, byMinute));
    }

    private static int roundedUp(int number, int divisor) {
        return (number + divisor - 1) / divisor;
    }
}
