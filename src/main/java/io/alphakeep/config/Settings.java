package io.alphakeep.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The settings as given, checked by name and form before anything starts. A setting is looked for as a system property,
 * as an environment variable, as {@code <variable>_FILE} for secrets, in {@code .env} and in {@code
 * config/application.properties} of the working folder, in this order, as the framework does.
 */
public final class Settings {

    /** What Kubernetes injects for a service named alphakeep, and the tests' own variable. */
    private static final Pattern LET_THROUGH = Pattern.compile(
            "ALPHAKEEP_(PORT(_.*)?|SERVICE_.*|[A-Z0-9_]*_(SERVICE_HOST|SERVICE_PORT.*|PORT_\\d+_.*)|RECORDED)");

    /** They win over what Main hands on, so that what is checked would not be what is used. */
    private static final Pattern THE_FRAMEWORKS_OWN =
            Pattern.compile("(QUARKUS_(DATASOURCE|FLYWAY)_.*|quarkus\\.(datasource|flyway)\\..*)");

    /** How platforms that start containers say where to listen. */
    private static final String PORT = "PORT";

    private final Map<Setting, String> given;
    private final Path userHome;
    private final Optional<String> platformPort;

    private Settings(Map<Setting, String> given, Path userHome, Optional<String> platformPort) {
        this.given = given;
        this.userHome = userHome;
        this.platformPort = platformPort;
    }

    /**
     * White space around a value is not part of it.
     *
     * @throws Failure 78 for a name that is not known (with the nearest one), a value that has not its form or holds
     *     control characters, a secret that is given twice, its file where that is no secret's, or a
     *     token that nobody would ask for
     */
    public static Settings of(Map<String, String> environment, Properties system, Path folder) {
        Map<String, String> dotEnv = read(folder.resolve(".env"));
        Map<String, String> file = read(folder.resolve("config/application.properties"));
        List<String> names = new ArrayList<>(system.stringPropertyNames());
        names.addAll(environment.keySet());
        names.addAll(dotEnv.keySet());
        names.addAll(file.keySet());
        names.forEach(Settings::checkName);

        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.all()) {
            first(
                            Optional.ofNullable(system.getProperty(setting.key())),
                            variableOrFile(setting, environment),
                            variableOrFile(setting, dotEnv),
                            Optional.ofNullable(file.get(setting.key())))
                    // A line's end comes along where a platform hands a file over as a variable.
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> given.put(setting, value));
        }
        given.forEach(Settings::checkValue);
        checkDoor(given);
        // Java's user.home is what the system's list of users says, whatever HOME is.
        String home = environment.getOrDefault("HOME", "");
        return new Settings(
                given,
                Path.of(home.isEmpty() ? system.getProperty("user.home", "") : home),
                Optional.ofNullable(environment.get(PORT)).filter(port -> !port.isEmpty()));
    }

    /** Nothing given. */
    static Settings defaults() {
        return new Settings(new EnumMap<>(Setting.class), Path.of(""), Optional.empty());
    }

    /** The value that was given, without default. */
    public Optional<String> given(Setting setting) {
        return Optional.ofNullable(given.get(setting));
    }

    /** The value given or the default; empty text when there is neither. */
    public String value(Setting setting) {
        return given.getOrDefault(setting, setting.defaultText());
    }

    /** The same settings with one more, for what the local default works out. */
    public Settings with(Setting setting, String value) {
        Map<Setting, String> more = new EnumMap<>(Setting.class);
        more.putAll(given);
        more.put(setting, value);
        return new Settings(more, userHome, platformPort);
    }

    /**
     * When the job of that setting is due.
     *
     * @param cron {@link Setting#INGEST_CRON} or {@link Setting#MAINTAIN_CRON}
     * @return empty when it is {@code off}
     * @throws Failure 78 when the expression is none
     */
    public Optional<Schedule> schedule(Setting cron) {
        try {
            return Schedule.of(value(cron), value(Setting.CRON_ZONE));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    cron.variable() + " is '" + value(cron) + "', and " + e.getMessage(),
                    "write it as in '0 20 * * * ?' (second minute hour day month weekday), '20 * * * *' or off",
                    e);
        }
    }

    /**
     * Where to listen: the setting, else the platform's {@code PORT}, else the default.
     *
     * @throws Failure 78 when the platform's is no port
     */
    public String httpPort() {
        if (given(Setting.HTTP_PORT).isEmpty() && platformPort.isPresent()) {
            try {
                Setting.HTTP_PORT.check(platformPort.get());
            } catch (IllegalArgumentException e) {
                throw new Failure(
                        Failure.Kind.CONFIGURATION,
                        PORT + " is '" + platformPort.get() + "', and " + e.getMessage(),
                        "correct it, or set " + Setting.HTTP_PORT.variable(),
                        e);
            }
            return platformPort.get();
        }
        return value(Setting.HTTP_PORT);
    }

    /** Where local data lives. */
    public Path home() {
        return given(Setting.HOME)
                .map(Path::of)
                .orElse(userHome.resolve(".alphakeep"))
                .toAbsolutePath();
    }

    /** All settings that have a value, by key, for the framework. */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        for (Setting setting : Setting.all()) {
            String value = value(setting);
            if (!value.isEmpty()) {
                properties.put(setting.key(), value);
            }
        }
        return properties;
    }

    private static void checkName(String name) {
        if (name.startsWith("ALPHAKEEP_") && !LET_THROUGH.matcher(name).matches()) {
            List<String> known = new ArrayList<>();
            for (Setting setting : Setting.all()) {
                known.add(setting.variable());
                if (setting.secret()) {
                    known.add(setting.fileVariable());
                }
            }
            unknown(name, known);
        } else if (name.startsWith("alphakeep.")) {
            List<String> known = Setting.all().stream().map(Setting::key).toList();
            unknown(name, known);
        } else if (THE_FRAMEWORKS_OWN.matcher(name).matches()) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    name + " would point the program at a database behind its back",
                    "set " + Setting.DATABASE_URL.variable() + " instead");
        }
    }

    private static void unknown(String name, List<String> known) {
        if (!known.contains(name)) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    "the setting " + name + " is not known",
                    Nearest.to(name, known)
                            .map(near -> "did you mean " + near + "? All settings are listed in the README")
                            .orElse("all settings are listed in the README"));
        }
    }

    private static void checkValue(Setting setting, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    setting.variable() + " holds a line break or another control character",
                    "correct it");
        }
        // A password may be like that; a key is not, and with its quotes would be taken for one that nobody refuses.
        if (setting != Setting.DATABASE_PASSWORD && (value.startsWith("\"") || value.startsWith("'"))) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    setting.variable() + " begins with a quotation mark",
                    "write it without quotes: docker's --env-file and others take them for a part of the value");
        }
        try {
            setting.check(value);
        } catch (IllegalArgumentException e) {
            // An address may hold a key or a password, so it is not shown either.
            String shown = setting.secret() || value.contains("://") ? " is not valid: " : " is '" + value + "', and ";
            throw new Failure(Failure.Kind.CONFIGURATION, setting.variable() + shown + e.getMessage(), "correct it", e);
        }
    }

    /** A token that nobody asks for would be taken for a lock. */
    private static void checkDoor(Map<Setting, String> given) {
        if (given.containsKey(Setting.HTTP_TOKEN) && Setting.PLATFORM.equals(given.get(Setting.HTTP_AUTH))) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    Setting.HTTP_AUTH.variable() + " is " + Setting.PLATFORM + ", which asks for no token, but "
                            + Setting.HTTP_TOKEN.variable() + " is set too",
                    "unset " + Setting.HTTP_AUTH.variable() + " to ask for the token, or the token where the platform"
                            + " lets nobody else in");
        }
    }

    private static Optional<String> variableOrFile(Setting setting, Map<String, String> environment) {
        Optional<String> value = Optional.ofNullable(environment.get(setting.variable()));
        String path = setting.secret() ? environment.getOrDefault(setting.fileVariable(), "") : "";
        if (path.isEmpty()) {
            return value;
        }
        if (value.filter(text -> !text.isBlank()).isPresent()) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    setting.variable() + " and " + setting.fileVariable() + " are both set",
                    "use one of them");
        }
        return Optional.of(SecretFile.read(setting.fileVariable(), path));
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> values = new HashMap<>();
        if (!Files.isRegularFile(file)) {
            return values;
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(Failure.Kind.CONFIGURATION, file + " can't be read", "check its form and permissions", e);
        }
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    @SafeVarargs
    private static Optional<String> first(Optional<String>... choices) {
        for (Optional<String> choice : choices) {
            if (choice.isPresent()) {
                return choice;
            }
        }
        return Optional.empty();
    }
}
