package io.alphakeep.maintain.policy;

import java.util.List;

/** The forms that policies' values take. */
@FunctionalInterface
interface PolicyForm {

    static PolicyForm number(int least, int most) {
        return value -> {
            if (!isNumber(value, least, most)) {
                throw new IllegalArgumentException("it must be a whole number from " + least + " to " + most);
            }
        };
    }

    /** Off, or a number. */
    static PolicyForm offOr(int least, int most) {
        return value -> {
            if (!value.equals(Policy.OFF) && !isNumber(value, least, most)) {
                throw new IllegalArgumentException("it must be off, or a whole number from " + least + " to " + most);
            }
        };
    }

    static PolicyForm words(String... words) {
        return value -> {
            if (!List.of(words).contains(value)) {
                throw new IllegalArgumentException("it must be one of " + String.join(", ", words));
            }
        };
    }

    private static boolean isNumber(String value, int least, int most) {
        // JSON has no numbers with leading zeros.
        return value.matches("0|[1-9]\\d{0,8}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
    }

    /** @throws IllegalArgumentException that says what the form is */
    void check(String value);
}
