package io.alphakeep.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The database's address in the driver's form.
 *
 * @param jdbcUrl  {@code jdbc:postgresql://host:port/database?…}, without user and password when they stood before the @
 * @param user     from the URL, if it held one
 * @param password from the URL, if it held one
 */
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {

    /** What to do behind a pooler in transaction mode that does not keep prepared statements. */
    public static final String UNPREPARED_FIX =
            "add prepareThreshold=0 to the parameters of ALPHAKEEP_DATABASE_URL, as in"
                    + " jdbc:postgresql://host:6432/database?prepareThreshold=0";

    private static final Pattern JDBC = Pattern.compile("jdbc:postgresql://([^/?]*)(?:/([^?]*))?(?:\\?(.*))?");
    private static final Pattern SSLMODE = Pattern.compile("&sslmode=([^&]*)");
    private static final Pattern PREPARE_THRESHOLD = Pattern.compile("[?&]prepareThreshold=0(&|$)");
    private static final List<String> SSLMODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])?(:\\d+)?", Pattern.CASE_INSENSITIVE);

    /**
     * Takes {@code jdbc:postgresql://…} and {@code postgres://} or {@code postgresql://}. The URL's own sslmode wins; else
     * it is {@code require} unless every host is loopback.
     *
     * @throws Failure 78 when the text is neither; a password in it is not in the message
     */
    public static DatabaseUrl parse(String text) {
        Optional<String> user = Optional.empty();
        Optional<String> password = Optional.empty();
        String url = text.strip();
        if (url.startsWith("postgres://") || url.startsWith("postgresql://")) {
            String rest = url.substring(url.indexOf("://") + 3);
            int slash = rest.indexOf('/');
            int at = rest.lastIndexOf('@', slash < 0 ? rest.length() : slash);
            if (at >= 0) {
                String[] parts = rest.substring(0, at).split(":", 2);
                user = Optional.of(decode(parts[0])).filter(u -> !u.isEmpty());
                password = parts.length > 1 ? Optional.of(decode(parts[1])) : Optional.empty();
                rest = rest.substring(at + 1);
            }
            url = "jdbc:postgresql://" + rest;
        }
        Matcher form = JDBC.matcher(url);
        if (form.matches() && form.group(1).contains("@") && text.strip().startsWith("jdbc:")) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    "ALPHAKEEP_DATABASE_URL has a user before the host, which the jdbc: form has not",
                    "set ALPHAKEEP_DATABASE_USER and ALPHAKEEP_DATABASE_PASSWORD, or write it as"
                            + " postgres://user@host:5432/database");
        }
        if (!form.matches() || form.group(1).contains("@") || !hostsAreWellFormed(form.group(1))) {
            throw bad();
        }
        if (form.group(2) != null
                && (form.group(2).contains("@") || form.group(2).contains("/"))) {
            // A password with a / that was not escaped; the driver's message would show its rest.
            throw bad();
        }
        if (form.group(2) == null || form.group(2).isEmpty()) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    "ALPHAKEEP_DATABASE_URL names no database",
                    "write it as jdbc:postgresql://host:5432/database");
        }
        String query = form.group(3) == null ? "" : form.group(3);
        Matcher sslmode = SSLMODE.matcher("&" + query);
        if (sslmode.find() && !SSLMODES.contains(sslmode.group(1))) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    "ALPHAKEEP_DATABASE_URL has sslmode=" + sslmode.group(1),
                    "it must be one of " + String.join(", ", SSLMODES));
        }
        if (!("&" + query).contains("&sslmode=") && !isLoopback(form.group(1))) {
            query = query.isEmpty() ? "sslmode=require" : query + "&sslmode=require";
        }
        String clean =
                "jdbc:postgresql://" + form.group(1) + "/" + form.group(2) + (query.isEmpty() ? "" : "?" + query);
        return new DatabaseUrl(clean, user, password);
    }

    /** Host, port and database, for messages. */
    public String place() {
        Matcher form = JDBC.matcher(jdbcUrl);
        return form.matches() ? form.group(1) + "/" + form.group(2) : "the database";
    }

    /** Every host is this machine. */
    public boolean isLocal() {
        Matcher form = JDBC.matcher(jdbcUrl);
        return form.matches() && isLoopback(form.group(1));
    }

    /** The driver keeps no prepared statements on the server, which poolers in transaction mode ask for. */
    public boolean isUnprepared() {
        return PREPARE_THRESHOLD.matcher(jdbcUrl).find();
    }

    private static boolean hostsAreWellFormed(String hosts) {
        for (String host : hosts.split(",", -1)) {
            try {
                URI uri = new URI("x://" + (host.isEmpty() || host.startsWith(":") ? "localhost" + host : host));
                if (uri.getHost() == null || uri.getPort() > 65_535) {
                    return false;
                }
            } catch (URISyntaxException e) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLoopback(String hosts) {
        for (String host : hosts.split(",", -1)) {
            if (!LOOPBACK.matcher(host).matches()) {
                return false;
            }
        }
        return true;
    }

    private static String decode(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    "user or password in ALPHAKEEP_DATABASE_URL has a % that begins no escape",
                    "write % as %25, or set ALPHAKEEP_DATABASE_USER and ALPHAKEEP_DATABASE_PASSWORD",
                    e);
        }
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    "user or password in ALPHAKEEP_DATABASE_URL holds a line break or another control character",
                    "leave out its escape (a line break is %0A)");
        }
        return decoded;
    }

    /** The text itself is not shown: where it is malformed, nobody can say where its password ends. */
    private static Failure bad() {
        return new Failure(
                Failure.Kind.CONFIGURATION,
                "ALPHAKEEP_DATABASE_URL is not the address of a PostgreSQL database",
                "write it as jdbc:postgresql://host:5432/database or postgres://user@host:5432/database"
                        + " (a / or @ in a password as %2F and %40)");
    }
}
