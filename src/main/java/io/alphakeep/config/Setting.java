package io.alphakeep.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting there is, with its form, default and tier: the one list that validation, the typed {@link
 * AlphakeepConfig} and the README go by. The environment form of {@code alphakeep.api.key} is {@code ALPHAKEEP_API_KEY}.
 */
public enum Setting {
    DATABASE_URL("database.url", Tier.MUST, Form.TEXT, "", false),
    DATABASE_USER("database.user", Tier.MUST, Form.TEXT, "", false),
    DATABASE_PASSWORD("database.password", Tier.MUST, Form.TEXT, "", true),
    API_KEY("api.key", Tier.MUST, Form.TEXT, "", true),
    PLAN(
            "plan",
            Tier.CONSIDER,
            Form.words("free", "premium-75", "premium-150", "premium-300", "premium-600", "premium-1200", "unlimited"),
            "",
            false),
    API_URL("api.url", Tier.CONSIDER, Form.HTTP_URL, "https://www.alphavantage.co/query", false),
    SCHEMA("schema", Tier.CONSIDER, Form.NAME, "public", false),
    MIGRATE("migrate", Tier.CONSIDER, Form.words("off", "auto"), "off", false),
    HOME("home", Tier.CONSIDER, Form.TEXT, "", false),
    REQUESTS_PER_SECOND("requests-per-second", Tier.CONSIDER, Form.number(0, 1_000), "", false),
    REQUESTS_PER_MINUTE("requests-per-minute", Tier.CONSIDER, Form.number(0, 10_000), "", false),
    REQUESTS_PER_DAY("requests-per-day", Tier.CONSIDER, Form.number(0, 10_000_000), "", false),
    ALLOWANCE_DAY("allowance-day", Tier.CONSIDER, Form.DAY, "strict", false),
    STORE_RAW("store.raw", Tier.CONSIDER, Form.words("rest", "full"), "rest", false),
    HTTP_HOST("http.host", Tier.CONSIDER, Form.HOST, "0.0.0.0", false),
    HTTP_PORT("http.port", Tier.CONSIDER, Form.number(0, 65_535), "8080", false),
    HTTP_TOKEN("http.token", Tier.CONSIDER, Form.TOKEN, "", true),
    HTTP_AUTH("http.auth", Tier.CONSIDER, Form.words("token", Setting.PLATFORM), "token", false),
    INGEST_CRON("ingest.cron", Tier.CONSIDER, Form.TEXT, "0 20 * * * ?", false),
    MAINTAIN_CRON("maintain.cron", Tier.CONSIDER, Form.TEXT, "0 10 6 * * ?", false),
    CRON_ZONE("cron.zone", Tier.CONSIDER, Form.ZONE, "UTC", false),
    GRACE_SECONDS("grace-seconds", Tier.RARELY, Form.number(1, 3_600), "10", false),
    METRICS_SAMPLE_SECONDS("metrics.sample-seconds", Tier.RARELY, Form.number(1, 900), "30", false),
    POOL_POLICY("pool.policy", Tier.RARELY, Form.words("adaptive", "plan", "fixed"), "adaptive", false),
    RUN_WORKERS("run.workers", Tier.RARELY, Form.number(1, 32), "4", false),
    RUN_LEASE_SECONDS("run.lease-seconds", Tier.RARELY, Form.number(1, 3_600), "30", false),
    RUN_ATTEMPTS("run.attempts", Tier.RARELY, Form.number(1, 10), "4", false),
    RUN_UNREACHABLE_LIMIT("run.unreachable-limit", Tier.RARELY, Form.number(1, 1_000), "3", false),
    FETCH_FORMAT("fetch.format", Tier.RARELY, Form.words("json", "csv"), "json", false),
    FETCH_CONNECT_TIMEOUT_SECONDS("fetch.connect-timeout-seconds", Tier.RARELY, Form.number(1, 300), "5", false),
    FETCH_READ_TIMEOUT_SECONDS("fetch.read-timeout-seconds", Tier.RARELY, Form.number(1, 3_600), "30", false),
    FETCH_DEADLINE_SECONDS("fetch.deadline-seconds", Tier.RARELY, Form.number(1, 3_600), "120", false),
    FETCH_MAX_BODY_BYTES("fetch.max-body-bytes", Tier.RARELY, Form.number(1_024, 1_073_741_824), "67108864", false),
    DATABASE_CONNECT_TIMEOUT_SECONDS("database.connect-timeout-seconds", Tier.RARELY, Form.number(1, 300), "10", false),
    DATABASE_LOCK_TIMEOUT_MILLIS("database.lock-timeout-millis", Tier.RARELY, Form.number(100, 600_000), "5000", false),
    DATABASE_STATEMENT_TIMEOUT_SECONDS(
            "database.statement-timeout-seconds", Tier.RARELY, Form.number(1, 86_400), "300", false),
    PARTITION_LOCK_TIMEOUT_MILLIS(
            "partition.lock-timeout-millis", Tier.RARELY, Form.number(100, 60_000), "2000", false),
    ARCHIVE_AFTER_MONTHS("archive.after-months", Tier.RARELY, Form.number(1, 1_200), "", false),
    ARCHIVE_MODE("archive.mode", Tier.RARELY, Form.words("merge", "detach", "off"), "", false),
    MAINTAIN_STEP_TIMEOUT_SECONDS("maintain.step-timeout-seconds", Tier.RARELY, Form.number(1, 86_400), "3600", false);

    /** Of {@link #HTTP_AUTH}: whoever reaches the port was let in by something else. */
    public static final String PLATFORM = "platform";

    /** How likely a user is to set it; the README's three tables. */
    public enum Tier {
        MUST,
        CONSIDER,
        RARELY
    }

    private final String key;
    private final String variable;
    private final Tier tier;
    private final Form form;
    private final String defaultText;
    private final boolean secret;

    Setting(String name, Tier tier, Form form, String defaultText, boolean secret) {
        this.key = "alphakeep." + name;
        this.variable = key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        this.tier = tier;
        this.form = form;
        this.defaultText = defaultText;
        this.secret = secret;
    }

    /** The property's name, as in {@code alphakeep.api.key}. */
    public String key() {
        return key;
    }

    /** The variable's name, as in {@code ALPHAKEEP_API_KEY}. */
    public String variable() {
        return variable;
    }

    public Tier tier() {
        return tier;
    }

    /** The default as text; empty = none, or worked out from others as the README says. */
    public String defaultText() {
        return defaultText;
    }

    /** Never shown; also read from the file that {@link #fileVariable} names. */
    public boolean secret() {
        return secret;
    }

    /** The name of the variable that names a secret's file, as in {@code ALPHAKEEP_API_KEY_FILE}. */
    public String fileVariable() {
        return variable + "_FILE";
    }

    /** @throws IllegalArgumentException that says what the form is */
    void check(String value) {
        form.check(value);
    }

    static Optional<Setting> of(String key) {
        return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
    }

    static List<Setting> all() {
        return List.of(values());
    }
}
