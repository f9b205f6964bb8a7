package io.alphakeep.bench;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Settings → where the bench works. */
final class Targets {

    private Targets() {}

    /**
     * @param schema also the name that its connections go by, so that they can be ended from outside
     * @throws io.alphakeep.config.Failure 78 when the address is none
     */
    static Target of(Settings settings, String schema) {
        DatabaseUrl database = DatabaseUrl.parse(settings.value(Setting.DATABASE_URL));
        String[] parts = database.jdbcUrl().split("\\?", 2);
        List<String> kept = new ArrayList<>();
        String user = database.user().orElse(System.getProperty("user.name"));
        String password = database.password().orElse("");
        for (String parameter : parts.length > 1 ? parts[1].split("&") : new String[0]) {
            if (parameter.startsWith("user=")) {
                user = value(parameter);
            } else if (parameter.startsWith("password=")) {
                password = value(parameter);
            } else if (!parameter.startsWith("reWriteBatchedInserts=")) {
                kept.add(parameter);
            }
        }
        if (kept.stream().noneMatch(parameter -> parameter.startsWith("connectTimeout="))) {
            kept.add("connectTimeout=" + settings.value(Setting.DATABASE_CONNECT_TIMEOUT_SECONDS));
        }
        kept.add("tcpKeepAlive=true");
        kept.add("ApplicationName=" + schema);
        return new Target(
                parts[0] + "?" + String.join("&", kept),
                settings.given(Setting.DATABASE_USER).orElse(user),
                settings.given(Setting.DATABASE_PASSWORD).orElse(password),
                schema);
    }

    private static String value(String parameter) {
        return URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), StandardCharsets.UTF_8);
    }
}
