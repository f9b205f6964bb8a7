package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Change.Effect;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Server;
import io.alphakeep.advise.seen.Server.Setting;
import io.alphakeep.db.Identifier;
import java.util.List;
import java.util.Locale;

/**
 * A finding about a setting, and the statement that sets it where it was set: ALTER SYSTEM does nothing against a command line,
 * or against a database's or role's own value (manual: "Setting Parameters").
 */
final class Alter {

    private static final String SYSTEM_FILE = "postgresql.auto.conf";

    private final Observed observed;

    Alter(Observed observed) {
        this.observed = observed;
    }

    /**
     * @param page of the manual, without its ending
     * @return empty where another value waits for a restart already
     */
    List<Finding> to(
            String target, String name, String id, Severity severity, String evidence, String why, String page) {
        Setting setting = observed.server().setting(name).orElseThrow();
        if (setting.pending()) {
            return List.of();
        }
        return List.of(new Finding(
                id,
                severity,
                name,
                evidence,
                why,
                changes(target, name, setting),
                next(target, name, setting),
                manual(page, name)));
    }

    static String manual(String page, String name) {
        return "runtime-config-" + page + ".html#GUC-"
                + name.toUpperCase(Locale.ROOT).replace('_', '-');
    }

    private List<Change> changes(String target, String name, Setting setting) {
        Server server = observed.server();
        String database = Identifier.quote(server.database());
        String role = Identifier.quote(server.role());
        return switch (setting.source()) {
            case "command line", "environment variable", "client", "session" -> List.of();
            case "database" -> own("ALTER DATABASE " + database, target, name, setting);
            case "user" -> own("ALTER ROLE " + role, target, name, setting);
            case "database user" -> own("ALTER ROLE " + role + " IN DATABASE " + database, target, name, setting);
            default ->
                List.of(new Change(
                        "ALTER SYSTEM SET " + name + " = " + literal(target),
                        undo(name, setting),
                        setting.restart() ? Effect.RESTART : Effect.RELOAD));
        };
    }

    private static List<Change> own(String object, String target, String name, Setting setting) {
        return List.of(new Change(
                object + " SET " + name + " = " + literal(target),
                object + " SET " + name + " = " + literal(setting.written()),
                Effect.NOW));
    }

    /** Where the file may not be seen, the old value is brought back, wherever it stood. */
    private static String undo(String name, Setting setting) {
        boolean elsewhere = !setting.file().isEmpty() && !setting.file().endsWith(SYSTEM_FILE);
        return !setting.source().equals("configuration file") || elsewhere
                ? "ALTER SYSTEM RESET " + name
                : "ALTER SYSTEM SET " + name + " = " + literal(setting.written());
    }

    private static String next(String target, String name, Setting setting) {
        return switch (setting.source()) {
            case "command line", "environment variable" ->
                "it is set on the server's command line, which ALTER SYSTEM does not overrule: set " + name + " = "
                        + target + " there, and start the server again";
            case "client", "session" ->
                "it is set by the connection's own parameters: set " + name + " = " + target + " there";
            default -> "";
        };
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
