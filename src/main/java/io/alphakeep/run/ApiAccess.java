package io.alphakeep.run;

import io.alphakeep.budget.AllowanceDay;
import io.alphakeep.budget.Limits;
import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Failure;
import io.alphakeep.config.Setting;
import io.alphakeep.fetch.ApiOptions;
import io.alphakeep.fetch.KeyFingerprint;
import java.time.Duration;

/**
 * How the API is asked, as the settings have it; worked out before a run begins, so that what is wrong ends it unopened.
 *
 * @param options     how it is reached
 * @param fingerprint stands for the key wherever one has to be named
 * @param limits      the key's allowance
 */
record ApiAccess(ApiOptions options, String fingerprint, Limits limits) {

    private static final String PUBLIC_HOST = "www.alphavantage.co";

    /** @throws Failure 78 when the key is missing or a setting of the API is wrong */
    static ApiAccess of(AlphakeepConfig config, String version) {
        String key = config.api()
                .key()
                .orElseThrow(() -> new Failure(
                        Failure.Kind.CONFIGURATION, "no key for the API is set", "set " + Setting.API_KEY.variable()));
        AlphakeepConfig.Fetch fetch = config.fetch();
        ApiOptions options = new ApiOptions(
                config.api().url(),
                key,
                Duration.ofSeconds(fetch.connectTimeoutSeconds()),
                Duration.ofSeconds(fetch.readTimeoutSeconds()),
                Duration.ofSeconds(fetch.deadlineSeconds()),
                fetch.maxBodyBytes(),
                "alphakeep/" + version);
        return new ApiAccess(options, KeyFingerprint.of(key), limits(config));
    }

    /** The free plan has no full answers of daily and intraday bars. */
    static boolean isCompactOnly(AlphakeepConfig config) {
        return "free".equals(config.plan().orElse(isPublic(config) ? "free" : ""));
    }

    /** @throws Failure 78 when the plan or a part of it is wrong */
    static Limits limits(AlphakeepConfig config) {
        try {
            return Limits.of(
                    config.plan().orElse(""),
                    config.requestsPerSecond(),
                    config.requestsPerMinute(),
                    config.requestsPerDay(),
                    AllowanceDay.of(config.allowanceDay()),
                    isPublic(config));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION, Setting.PLAN.variable() + ": " + e.getMessage(), "correct it", e);
        }
    }

    private static boolean isPublic(AlphakeepConfig config) {
        return PUBLIC_HOST.equalsIgnoreCase(config.api().url().getHost());
    }
}
