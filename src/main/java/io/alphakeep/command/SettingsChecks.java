package io.alphakeep.command;

import io.alphakeep.advise.doctor.ApiHost;
import io.alphakeep.advise.doctor.Check;
import io.alphakeep.budget.AllowanceDay;
import io.alphakeep.budget.Limits;
import io.alphakeep.budget.Usage;
import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import io.alphakeep.fetch.KeyFingerprint;
import io.alphakeep.run.Probe;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the doctor says of the settings and of the API; of the key never more than its fingerprint. */
final class SettingsChecks {

    /** The key of the API's own examples: it answers those and nothing else. */
    private static final String EXAMPLE_KEY = "demo";

    static final String CONFIGURATION = "configuration";

    /** What is looked at beside it without a database. */
    static final List<String> OTHERS = List.of("key", "api");

    private static final String PUBLIC_HOST = "www.alphavantage.co";

    private final Settings settings;
    private final URI api;

    SettingsChecks(Settings settings) {
        this.settings = settings;
        this.api = URI.create(settings.value(Setting.API_URL));
    }

    /** All that needs no database. */
    List<Check> all() {
        Duration timeout =
                Duration.ofSeconds(number(Setting.FETCH_CONNECT_TIMEOUT_SECONDS).orElseThrow());
        return List.of(configuration(), key(), ApiHost.check(api, timeout));
    }

    boolean isPublic() {
        return PUBLIC_HOST.equalsIgnoreCase(api.getHost());
    }

    private Check configuration() {
        Limits limits = Limits.of(
                settings.value(Setting.PLAN),
                number(Setting.REQUESTS_PER_SECOND),
                number(Setting.REQUESTS_PER_MINUTE),
                number(Setting.REQUESTS_PER_DAY),
                AllowanceDay.of(settings.value(Setting.ALLOWANCE_DAY)),
                isPublic());
        String database = settings.given(Setting.DATABASE_URL)
                .map(url -> DatabaseUrl.parse(url).place())
                .orElse("none");
        String seen = "database " + database + ", schema " + settings.value(Setting.SCHEMA) + "; API " + api + ", "
                + words(limits);
        return isPublic() && limits.isNone()
                ? Check.warn(
                        CONFIGURATION,
                        seen + ", though every key of the public API has some",
                        "set ALPHAKEEP_PLAN to the plan of the key")
                : Check.ok(CONFIGURATION, seen);
    }

    private Check key() {
        Optional<String> key = settings.given(Setting.API_KEY);
        String fix = "set ALPHAKEEP_API_KEY (a free key: https://www.alphavantage.co/support/#api-key)";
        if (key.isEmpty()) {
            return Check.fail("key", "no key for the API is set, so that ingest can't ask", fix);
        }
        return isPublic() && EXAMPLE_KEY.equals(key.get())
                ? Check.warn("key", "the key of the API's own examples, which answers nothing else", fix)
                : Check.ok("key", "set, fingerprint " + KeyFingerprint.of(key.get()));
    }

    static Check allowance(Usage usage) {
        String id = "allowance";
        if (usage.dayLeft().isPresent() && usage.dayLeft().getAsInt() == 0) {
            return Check.warn(
                    id,
                    usage.usedToday() + " used today, none left"
                            + usage.dayClosedUntil()
                                    .map(at -> "; the API called the day spent, until " + at)
                                    .orElse(""),
                    "wait for the next day, or set ALPHAKEEP_PLAN to the plan of the key");
        }
        if (usage.pausedUntil().isPresent()) {
            return Check.warn(
                    id,
                    "the API asked to slow down, nobody asks before "
                            + usage.pausedUntil().get(),
                    "wait; if it comes again, set ALPHAKEEP_PLAN to the plan of the key");
        }
        String left = usage.dayLeft().isPresent() ? usage.dayLeft().getAsInt() + " left" : "no limit for the day";
        return Check.ok(id, usage.usedToday() + " used today, " + left);
    }

    /** @param demo the database's mark; empty where it can't be known */
    static Check spent(Probe.Result result, Optional<Boolean> demo) {
        String id = "answer";
        String seen = "one request for a quote of IBM: " + result.kind()
                + (result.text().isEmpty() ? "" : ", " + result.text());
        if (result.reached() && demo.isPresent() && demo.get() != result.simulated()) {
            return Check.fail(
                    id,
                    seen + "; " + (result.simulated() ? "a stand-in answers" : "the real API answers")
                            + ", for a warehouse of " + (demo.get() ? "simulated" : "real") + " data",
                    "set ALPHAKEEP_API_URL and ALPHAKEEP_DATABASE_URL to the same kind");
        }
        return switch (result.kind()) {
            case "data", "empty" -> Check.ok(id, seen + ", in " + result.took().toMillis() + " ms");
            case "key" -> Check.fail(id, seen, "set ALPHAKEEP_API_KEY to a valid key");
            case "allowance", "throttled", "quota" ->
                Check.warn(id, seen, "wait, or set ALPHAKEEP_PLAN to the plan of the key");
            case "premium", "symbol", "function", "unknown" ->
                Check.warn(id, seen, "check ALPHAKEEP_API_URL, and what the plan of the key includes");
            default -> Check.fail(id, seen, "check ALPHAKEEP_API_URL and the network");
        };
    }

    private OptionalInt number(Setting setting) {
        String value = settings.value(setting);
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
    }

    private static String words(Limits limits) {
        String words = (limits.perSecond() == 0 ? "" : ", " + limits.perSecond() + " a second")
                + (limits.perMinute() == 0 ? "" : ", " + limits.perMinute() + " a minute")
                + (limits.perDay() == 0 ? "" : ", " + limits.perDay() + " a day");
        return words.isEmpty() ? "no limits" : "limits: " + words.substring(2);
    }
}
