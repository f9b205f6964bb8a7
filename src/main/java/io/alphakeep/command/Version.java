package io.alphakeep.command;

import io.alphakeep.db.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What was built, as the build wrote it: version, commit and the schema it works with. Asks neither the framework nor a
 * database.
 */
final class Version implements IVersionProvider {

    /** Of a commit's forty digits, what a person needs to find it. */
    private static final int SHORT = 12;

    static String text() {
        return built().getProperty("version");
    }

    /** As {@code alphakeep 1.2.0 (commit 0123456789ab, schema 8)}. */
    static String line() {
        return line(built());
    }

    /** One document: name, version, build (commit, its time, dirty), schema, runtime; null for what the build did not know. */
    static String json() {
        return json(built());
    }

    static String line(Properties built) {
        String commit = built.getProperty("commit");
        String told = commit.isEmpty()
                ? "commit unknown"
                : "commit " + commit.substring(0, Math.min(SHORT, commit.length()))
                        + (isDirty(built) ? ", changed" : "");
        return "alphakeep " + built.getProperty("version") + " (" + told + ", schema " + Schema.VERSION + ")";
    }

    static String json(Properties built) {
        boolean known = !built.getProperty("commit").isEmpty();
        return "{\"name\":\"alphakeep\",\"version\":" + quoted(built.getProperty("version"))
                + ",\"build\":{\"commit\":" + quoted(built.getProperty("commit"))
                + ",\"time\":" + quoted(built.getProperty("commit.time"))
                + ",\"dirty\":" + (known ? isDirty(built) : null)
                + "},\"schema\":" + Schema.VERSION
                + ",\"runtime\":"
                + quoted(System.getProperty("java.vm.name") + " " + System.getProperty("java.version"))
                + "}";
    }

    private static boolean isDirty(Properties built) {
        return Boolean.parseBoolean(built.getProperty("commit.dirty"));
    }

    /** None of these texts has a character that JSON escapes. */
    private static String quoted(String text) {
        return text.isEmpty() ? "null" : "\"" + text + "\"";
    }

    private static Properties built() {
        try (InputStream in = Version.class.getResourceAsStream("/alphakeep-version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }
}
