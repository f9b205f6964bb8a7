package io.alphakeep.config;

import com.cronutils.mapper.CronMapper;
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When something is to be done: a cron expression of six or seven fields beginning with the second (Quartz), or of the five
 * of crontab, in a time zone.
 */
public final class Schedule {

    /** The expression of what is never done by itself. */
    public static final String OFF = "off";

    private static final int CRONTAB_FIELDS = 5;

    private final Cron cron;
    private final ZoneId zone;

    private Schedule(Cron cron, ZoneId zone) {
        this.cron = cron;
        this.zone = zone;
    }

    /**
     * @return empty for {@value #OFF}
     * @throws IllegalArgumentException that says what is wrong with the expression
     */
    public static Optional<Schedule> of(String expression, String zone) {
        String text = expression.strip();
        if (text.equals(OFF)) {
            return Optional.empty();
        }
        Cron cron;
        try {
            cron = text.split("\\s+").length == CRONTAB_FIELDS
                    ? CronMapper.fromUnixToQuartz().map(parser(CronType.UNIX).parse(text))
                    : parser(CronType.QUARTZ).parse(text);
            cron.validate();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is no cron expression: " + reason(e), e);
        }
        return Optional.of(new Schedule(cron, ZoneId.of(zone)));
    }

    /** The expression, beginning with the second. */
    public String text() {
        return cron.asString();
    }

    /** The last time of it that is not after the given one; empty when there was none. */
    public Optional<Instant> last(Instant now) {
        ZonedDateTime next = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).atZone(zone);
        return ExecutionTime.forCron(cron).lastExecution(next).map(ZonedDateTime::toInstant);
    }

    /**
     * The longer of the rests before and after the last time of it, so that what was done at the time before that one is never
     * older than twice this, be there a weekend in between or not; empty when there is no last time, or no next one.
     */
    public Optional<Duration> interval(Instant now) {
        Optional<Instant> next =
                ExecutionTime.forCron(cron).nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
        return last(now)
                .flatMap(last -> next.map(then -> {
                    Duration after = Duration.between(last, then);
                    Duration before = last(last.minusMillis(1))
                            .map(earlier -> Duration.between(earlier, last))
                            .orElse(after);
                    return before.compareTo(after) > 0 ? before : after;
                }));
    }

    private static CronParser parser(CronType type) {
        return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type));
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause().getMessage() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
