package io.alphakeep.config;

import java.net.URI;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** The forms that settings' values take. */
@FunctionalInterface
interface Form {

    Form TEXT = value -> {};

    /** A name of a PostgreSQL object that needs no quoting tricks. */
    Form NAME = value -> {
        if (!Pattern.matches("[A-Za-z_][A-Za-z0-9_]{0,62}", value)) {
            throw new IllegalArgumentException("it must be a plain name: letters, digits and _, 63 at most");
        }
    };

    Form HTTP_URL = value -> {
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it must be an http:// or https:// URL", e);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("it must be an http:// or https:// URL without user and without ?");
        }
    };

    /** A calendar day by its zone, or the time at which it begins. */
    Form DAY = value -> {
        if (!Pattern.matches("strict|utc|eastern|([01][0-9]|2[0-3]):[0-5][0-9]", value)) {
            throw new IllegalArgumentException("it must be strict, utc, eastern, or a time in UTC as 00:00 to 23:59");
        }
    };

    Form HOST = value -> {
        if (!Pattern.matches("[A-Za-z0-9._:-]{1,253}", value)) {
            throw new IllegalArgumentException("it must be an address or a name of this machine, without port");
        }
    };

    /** One that nobody guesses; in the form that a header can carry (RFC 6750). */
    Form TOKEN = value -> {
        if (!Pattern.matches("[A-Za-z0-9._~+/=-]{16,1024}", value)) {
            throw new IllegalArgumentException("it must be 16 to 1024 letters, digits and ._~+/=-");
        }
    };

    Form ZONE = value -> {
        try {
            ZoneId.of(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it must be a time zone, as UTC or America/New_York", e);
        }
    };

    static Form number(long least, long most) {
        return value -> {
            long number;
            try {
                number = Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("it must be a whole number from " + least + " to " + most, e);
            }
            if (number < least || number > most) {
                throw new IllegalArgumentException("it must be a whole number from " + least + " to " + most);
            }
        };
    }

    static Form words(String... words) {
        return value -> {
            if (!List.of(words).contains(value)) {
                throw new IllegalArgumentException("it must be one of " + String.join(", ", words));
            }
        };
    }

    /** @throws IllegalArgumentException that says what the form is; the value itself may be a secret and is not in it */
    void check(String value);
}
