package io.alphakeep.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands the settings on to the framework: ours as they are, and what the framework needs to know of them (the data
 * source, the migrations' schema) under its own names. Above application.properties, below the environment, whose
 * {@code QUARKUS_HTTP_*} win; ours are once more in {@link CheckedSource}. Registered as a service; until {@code Main}
 * hands something over it has the defaults, which is what the build and tests see.
 */
public final class SettingsSource extends HandedOver {

    private static final int SOCKET_MARGIN_SECONDS = 30;

    private static volatile Map<String, String> handedOver = Settings.defaults().properties();

    /** Files have 250, the environment 300. */
    public SettingsSource() {
        super("alphakeep settings", 275);
    }

    /**
     * @param database   the address in the driver's form
     * @param connections the most that are needed at once
     * @param migrates    tables may be made; else Flyway, a tenth of what a run touches first, is not started
     * @param serves      the verb listens and keeps a schedule; for every other one neither is started
     */
    public static void handOver(
            Settings settings, DatabaseUrl database, int connections, boolean migrates, boolean serves) {
        Map<String, String> properties = new HashMap<>(settings.properties());
        properties.put("quarkus.flyway.active", Boolean.toString(migrates));
        properties.put("quarkus.http.host-enabled", Boolean.toString(serves));
        properties.put("quarkus.scheduler.enabled", Boolean.toString(serves));
        if (serves) {
            serve(settings, properties);
        }
        if (database != null) {
            String timeouts = "&connectTimeout=" + settings.value(Setting.DATABASE_CONNECT_TIMEOUT_SECONDS)
                    + "&tcpKeepAlive=true&ApplicationName=alphakeep&reWriteBatchedInserts=true";
            String url = database.jdbcUrl();
            if (!url.contains("socketTimeout=")) {
                // The server ends a statement at its timeout; a server that is gone without a word ends none.
                int statement = Integer.parseInt(settings.value(Setting.DATABASE_STATEMENT_TIMEOUT_SECONDS));
                timeouts += "&socketTimeout=" + (statement + SOCKET_MARGIN_SECONDS);
            }
            properties.put(
                    "quarkus.datasource.jdbc.url", url + (url.contains("?") ? timeouts : "?" + timeouts.substring(1)));
            settings.given(Setting.DATABASE_USER)
                    .or(database::user)
                    .ifPresent(u -> properties.put("quarkus.datasource.username", u));
            settings.given(Setting.DATABASE_PASSWORD)
                    .or(database::password)
                    .ifPresent(p -> properties.put("quarkus.datasource.password", p));
            properties.put("quarkus.datasource.jdbc.max-size", Integer.toString(connections));
            properties.put(
                    "quarkus.datasource.jdbc.acquisition-timeout",
                    settings.value(Setting.DATABASE_CONNECT_TIMEOUT_SECONDS) + "S");
            properties.put("quarkus.flyway.default-schema", settings.value(Setting.SCHEMA));
        }
        handedOver = Map.copyOf(properties);
        CheckedSource.handOver(properties);
    }

    private static void serve(Settings settings, Map<String, String> properties) {
        properties.put("quarkus.http.host", settings.value(Setting.HTTP_HOST));
        properties.put("quarkus.http.port", settings.httpPort());
        for (Setting cron : List.of(Setting.INGEST_CRON, Setting.MAINTAIN_CRON)) {
            properties.put(
                    cron.key(), settings.schedule(cron).map(Schedule::text).orElse(Schedule.OFF));
        }
    }

    @Override
    Map<String, String> properties() {
        return handedOver;
    }
}
