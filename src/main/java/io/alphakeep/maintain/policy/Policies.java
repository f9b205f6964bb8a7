package io.alphakeep.maintain.policy;

import io.alphakeep.config.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * What applies: the setting that is given, else what the warehouse has stored, else the default. Immutable. A value is
 * checked when it is asked for, so that a bad one stops what goes by it and nothing else.
 */
public final class Policies {

    /** More of them would cost every write more than they give. */
    static final int MAX_INDEXES = 8;

    /** Where a value comes from. */
    public enum From {
        DEFAULT,
        STORED,
        SETTING
    }

    /** What applies of one policy. */
    public record Value(Policy policy, String text, From from) {

        /** What is wrong with it; empty when nothing is. */
        public String problem() {
            try {
                policy.check(text);
                return "";
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
        }
    }

    private final Map<String, Value> values = new LinkedHashMap<>();

    private Policies() {}

    /**
     * @param stored texts by name, as {@link PolicyStore} reads them; names that are no policy's are passed over
     * @param given  texts of settings by the policy's name
     */
    public static Policies of(Map<String, String> stored, Map<String, String> given) {
        List<Policy> all = new ArrayList<>(Policy.FIXED);
        for (String name : new TreeSet<>(stored.keySet())) {
            boolean index = name.startsWith(Policy.INDEX) && name.length() > Policy.INDEX.length();
            if (index && !name.equals(Policy.PRICE_SUMMARY.name())) {
                all.add(Policy.named(name));
            }
        }
        Policies policies = new Policies();
        for (Policy policy : all) {
            String name = policy.name();
            Value value = given.containsKey(name)
                    ? new Value(policy, given.get(name), From.SETTING)
                    : stored.containsKey(name)
                            ? new Value(policy, stored.get(name), From.STORED)
                            : new Value(policy, policy.defaultText(), From.DEFAULT);
            policies.values.put(name, value);
        }
        return policies;
    }

    /** In the order of {@link Policy#FIXED}, then further indexes by name. */
    public List<Value> all() {
        return List.copyOf(values.values());
    }

    /**
     * @throws IllegalArgumentException what is wrong, in one line: a value, or values that do not go together
     */
    public void check() {
        values.values().forEach(value -> value.policy().check(value.text()));
        if (indexes().size() > MAX_INDEXES) {
            throw new IllegalArgumentException("at most " + MAX_INDEXES + " indexes, not "
                    + indexes().size() + "; turn one off with: alphakeep policy set index.NAME=off");
        }
        OptionalInt retention = retentionAfterMonths();
        if (retention.isPresent() && !archiveMode().equals(Policy.OFF) && retention.getAsInt() < archiveAfterMonths()) {
            throw new IllegalArgumentException("retention.after-months (" + retention.getAsInt()
                    + ") must not be less than archive.after-months (" + archiveAfterMonths()
                    + ") unless archive.mode is off");
        }
    }

    /** @throws Failure 78 as {@link #check} */
    public Policies required() {
        try {
            check();
            return this;
        } catch (IllegalArgumentException e) {
            throw failure(e);
        }
    }

    public int monthsAhead() {
        return number(Policy.MONTHS_AHEAD);
    }

    /** {@code merge}, {@code detach} or {@code off}. */
    public String archiveMode() {
        return text(Policy.ARCHIVE_MODE);
    }

    public int archiveAfterMonths() {
        return number(Policy.ARCHIVE_AFTER_MONTHS);
    }

    /** Empty when nothing is ever removed. */
    public OptionalInt retentionAfterMonths() {
        return text(Policy.RETENTION_AFTER_MONTHS).equals(Policy.OFF)
                ? OptionalInt.empty()
                : OptionalInt.of(number(Policy.RETENTION_AFTER_MONTHS));
    }

    public int retentionGraceDays() {
        return number(Policy.RETENTION_GRACE_DAYS);
    }

    public int ledgerKeepDays() {
        return number(Policy.LEDGER_KEEP_DAYS);
    }

    /** Texts by the index's name; those that are off are not in it. */
    public Map<String, String> indexes() {
        Map<String, String> indexes = new LinkedHashMap<>();
        for (Value value : values.values()) {
            String name = value.policy().name();
            if (name.startsWith(Policy.INDEX) && !text(value.policy()).equals(Policy.OFF)) {
                indexes.put(name.substring(Policy.INDEX.length()), value.text());
            }
        }
        return indexes;
    }

    private int number(Policy policy) {
        return Integer.parseInt(text(policy));
    }

    private String text(Policy policy) {
        Value value = values.get(policy.name());
        try {
            policy.check(value.text());
        } catch (IllegalArgumentException e) {
            throw failure(e);
        }
        return value.text();
    }

    private static Failure failure(IllegalArgumentException e) {
        return new Failure(
                Failure.Kind.CONFIGURATION,
                "the policy " + e.getMessage(),
                "correct it with: alphakeep policy set NAME=VALUE",
                e);
    }
}
