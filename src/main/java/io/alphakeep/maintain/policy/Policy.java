package io.alphakeep.maintain.policy;

import io.alphakeep.config.Nearest;
import io.alphakeep.config.Setting;
import io.alphakeep.maintain.index.IndexPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One policy: a name, the form and default of its value, and what it does. The list that {@code alphakeep policy} and the
 * README go by.
 *
 * @param name        as in {@code archive.after-months}
 * @param form        of its value
 * @param defaultText what applies when nothing is stored or given
 * @param meaning     what it does, and its danger
 * @param setting     wins over what is stored; retention has none on purpose: what removes data is decided in the warehouse
 */
public record Policy(String name, PolicyForm form, String defaultText, String meaning, Optional<Setting> setting) {

    /** The value that turns a policy off. */
    public static final String OFF = "off";

    static final Policy MONTHS_AHEAD = of(
            "partition.months-ahead",
            PolicyForm.number(1, 24),
            "3",
            "months after the running one whose partitions are kept ready");
    static final Policy ARCHIVE_MODE = of(
            "archive.mode",
            PolicyForm.words("merge", "detach", "off"),
            "merge",
            "merge: old months become one partition a year; detach: they move under alpha_market_data_archive, where "
                    + "queries of alpha_market_data no longer see them; off: they stay",
            Setting.ARCHIVE_MODE);
    static final Policy ARCHIVE_AFTER_MONTHS = of(
            "archive.after-months",
            PolicyForm.number(1, 1_200),
            "24",
            "a year all of whose months are older than this is old",
            Setting.ARCHIVE_AFTER_MONTHS);
    static final Policy RETENTION_AFTER_MONTHS = of(
            "retention.after-months",
            PolicyForm.offOr(12, 1_200),
            OFF,
            "partitions older than this are detached, and dropped when the grace is over: the one policy that removes "
                    + "data");
    static final Policy RETENTION_GRACE_DAYS = of(
            "retention.grace-days",
            PolicyForm.number(1, 365),
            "14",
            "how long a detached partition can be attached again before it is dropped");
    static final Policy LEDGER_KEEP_DAYS = of(
            "ledger.keep-days",
            PolicyForm.number(7, 36_500),
            "400",
            "older lines of alpha_run, alpha_request, alpha_reject and alpha_maintenance are removed");
    static final Policy PRICE_SUMMARY = index("price_summary", IndexPolicy.DEFAULT.text());

    /** Those that every warehouse has; further ones are indexes of other names. */
    public static final List<Policy> FIXED = List.of(
            MONTHS_AHEAD,
            ARCHIVE_MODE,
            ARCHIVE_AFTER_MONTHS,
            RETENTION_AFTER_MONTHS,
            RETENTION_GRACE_DAYS,
            LEDGER_KEEP_DAYS,
            PRICE_SUMMARY);

    static final String INDEX = "index.";

    /** @throws IllegalArgumentException that names the nearest one */
    public static Policy named(String name) {
        for (Policy policy : FIXED) {
            if (policy.name.equals(name)) {
                return policy;
            }
        }
        if (name.startsWith(INDEX) && name.length() > INDEX.length()) {
            return index(name.substring(INDEX.length()), OFF);
        }
        List<String> known = new ArrayList<>(FIXED.stream().map(Policy::name).toList());
        known.add(INDEX + "NAME");
        throw new IllegalArgumentException("there is no policy '" + name + "'" + Nearest.orOneOf(name, known));
    }

    /** @throws IllegalArgumentException that names the policy, the value and its form */
    public void check(String value) {
        try {
            form.check(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is '" + value + "', and " + e.getMessage(), e);
        }
    }

    private static Policy of(String name, PolicyForm form, String defaultText, String meaning) {
        return new Policy(name, form, defaultText, meaning, Optional.empty());
    }

    private static Policy of(String name, PolicyForm form, String defaultText, String meaning, Setting setting) {
        return new Policy(name, form, defaultText, meaning, Optional.of(setting));
    }

    private static Policy index(String index, String defaultText) {
        return of(
                INDEX + index,
                value -> {
                    if (!value.equals(OFF)) {
                        IndexPolicy.parse(index, value);
                    }
                },
                defaultText,
                "an index on the recent partitions: its columns, which functions' rows it holds, and for how many days; "
                        + "off drops it. Each costs every write");
    }
}
