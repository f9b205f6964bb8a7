package io.alphakeep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    Path folder;

    private Settings of(Map<String, String> environment) {
        return Settings.of(environment, new Properties(), folder);
    }

    @Test
    void anUnknownVariableIsNamedWithTheNearestOne() {
        assertThatThrownBy(() -> of(Map.of("ALPHAKEEP_API_KEYS", "x"))).isInstanceOfSatisfying(Failure.class, f -> {
            assertThat(f.kind().exitCode()).isEqualTo(78);
            assertThat(f.line()).contains("ALPHAKEEP_API_KEYS").contains("ALPHAKEEP_API_KEY?");
        });
    }

    @Test
    void anUnknownPropertyIsNamedWithTheNearestOne() {
        Properties system = new Properties();
        system.setProperty("alphakeep.databse.url", "x");
        assertThatThrownBy(() -> Settings.of(Map.of(), system, folder))
                .isInstanceOfSatisfying(
                        Failure.class,
                        f -> assertThat(f.line())
                                .contains(
                                        "alphakeep.databse.url is not known; did you mean alphakeep.database.url? All"));
    }

    @Test
    void whatIsLikeNoSettingIsNotGuessedAt() {
        assertRefused(
                Map.of("ALPHAKEEP_FROBNICATE", "x"),
                "the setting ALPHAKEEP_FROBNICATE is not known; all settings are listed in the README");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALPHAKEEP_PORT",
                "ALPHAKEEP_PORT_8080_TCP_ADDR",
                "ALPHAKEEP_SERVICE_HOST",
                "ALPHAKEEP_SERVICE_PORT_HTTP",
                "ALPHAKEEP_RECORDED"
            })
    void whatKubernetesInjectsIsLetThrough(String name) {
        assertThat(of(Map.of(name, "x")).properties()).doesNotContainValue("x");
    }

    @ParameterizedTest
    @CsvSource({
        "ALPHAKEEP_RUN_WORKERS,many,1 to 32",
        "ALPHAKEEP_RUN_WORKERS,0,1 to 32",
        "ALPHAKEEP_MIGRATE,yes,auto",
        "ALPHAKEEP_ALLOWANCE_DAY,25:00,strict",
        "ALPHAKEEP_API_URL,ftp://host/query,http://",
        "ALPHAKEEP_API_URL,http://host/query?x=1,without ?",
        "ALPHAKEEP_SCHEMA,a-b,plain name"
    })
    void aValueThatHasNotItsFormIsNamed(String name, String value, String form) {
        assertThatThrownBy(() -> of(Map.of(name, value)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(name)
                .hasMessageContaining(form);
    }

    @Test
    void systemPropertyBeforeEnvironmentBeforeDotEnvBeforeFile() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/application.properties"), "alphakeep.schema=d\nquarkus.log.level=INFO\n");
        assertThat(of(Map.of()).value(Setting.SCHEMA)).isEqualTo("d");
        Files.writeString(folder.resolve(".env"), "ALPHAKEEP_SCHEMA=c\nOTHER=1\n");
        assertThat(of(Map.of()).value(Setting.SCHEMA)).isEqualTo("c");
        assertThat(of(Map.of("ALPHAKEEP_SCHEMA", "b")).value(Setting.SCHEMA)).isEqualTo("b");
        Properties system = new Properties();
        system.setProperty("alphakeep.schema", "a");
        assertThat(Settings.of(Map.of("ALPHAKEEP_SCHEMA", "b"), system, folder).value(Setting.SCHEMA))
                .isEqualTo("a");
    }

    @Test
    void aSecretComesFromAFileToo() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "canary\n");
        assertThat(of(Map.of("ALPHAKEEP_API_KEY_FILE", file.toString())).value(Setting.API_KEY))
                .isEqualTo("canary");
        assertRefused(Map.of("ALPHAKEEP_API_KEY_FILE", folder.resolve("none").toString()), "_FILE", "can't be read");
    }

    private void assertRefused(Map<String, String> environment, String... parts) {
        assertThatThrownBy(() -> of(environment)).isInstanceOfSatisfying(Failure.class, f -> {
            assertThat(f.kind().exitCode()).isEqualTo(78);
            assertThat(f.line()).contains(parts).doesNotContain("canary");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"API_KEY", "DATABASE_PASSWORD", "HTTP_TOKEN"})
    void whiteSpaceAroundASecretIsNoPartOfItWhereverItComesFrom(String name) throws IOException {
        Setting setting = Setting.valueOf(name);
        String secret = "canary-0123456789";
        String spaced = " \t" + secret + " \r\n";
        Properties system = new Properties();
        system.setProperty(setting.key(), spaced);
        assertThat(Settings.of(Map.of(), system, folder).value(setting)).isEqualTo(secret);
        assertThat(of(Map.of(setting.variable(), spaced)).value(setting)).isEqualTo(secret);
        Path file = Files.writeString(folder.resolve("secret"), spaced);
        assertThat(of(Map.of(setting.fileVariable(), file.toString())).value(setting))
                .isEqualTo(secret);
        Files.writeString(folder.resolve(".env"), setting.variable() + "=" + secret + "\\r\\n\n");
        assertThat(of(Map.of()).value(setting)).isEqualTo(secret);
        assertThat(of(Map.of(setting.variable(), " \n")).given(setting)).isEmpty();
    }

    @Test
    void aControlCharacterIsRefused() throws IOException {
        for (String inside : new String[] {"\n", "\0", "\u0085"}) {
            String secret = "canary" + inside + "canary-0123456789";
            assertRefused(Map.of("ALPHAKEEP_API_KEY", secret), "ALPHAKEEP_API_KEY holds a line break");
            assertRefused(Map.of("ALPHAKEEP_DATABASE_URL", "postgres://u:" + secret + "@db/md"), "_URL holds a line");
            Path file = Files.writeString(folder.resolve("password"), secret);
            assertRefused(
                    Map.of("ALPHAKEEP_DATABASE_PASSWORD_FILE", file.toString()),
                    "ALPHAKEEP_DATABASE_PASSWORD holds a line break");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ALPHAKEEP_DATABASE_URL | \"postgres://me:canary@db/md\"",
                "ALPHAKEEP_DATABASE_URL | 'jdbc:postgresql://db:5432/md'",
                "ALPHAKEEP_API_KEY | \"canary\"",
                "ALPHAKEEP_API_URL | \"https://db/canary\"",
                "ALPHAKEEP_PLAN | 'free'"
            })
    void quotesThatBecameAPartOfTheValueAreToldAsSuch(String name, String value) {
        assertRefused(Map.of(name, value), name + " begins with a quotation mark; write it without quotes");
        assertThat(of(Map.of("ALPHAKEEP_DATABASE_PASSWORD", value)).value(Setting.DATABASE_PASSWORD))
                .isEqualTo(value);
    }

    @Test
    void aFileThatHoldsNoSecretIsToldAsSuch() throws IOException {
        Path file = folder.resolve("key");
        Map<String, String> environment = Map.of("ALPHAKEEP_API_KEY_FILE", file.toString());
        Files.writeString(file, " \n");
        assertRefused(environment, "ALPHAKEEP_API_KEY_FILE names " + file + ", which is empty");
        Files.write(file, new byte[64 * 1024 + 1]);
        assertRefused(environment, "ALPHAKEEP_API_KEY_FILE", "larger than 64 KiB");
        Files.write(file, new byte[64 * 1024]);
        assertRefused(environment, "ALPHAKEEP_API_KEY holds", "control character");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'k', 0});
        assertRefused(environment, "ALPHAKEEP_API_KEY_FILE", "not text in UTF-8");
        Files.writeString(file, "k".repeat(64 * 1024));
        assertThat(of(environment).value(Setting.API_KEY)).hasSize(64 * 1024);
    }

    @Test
    void aSecretIsGivenOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "canary");
        Map<String, String> both = Map.of("ALPHAKEEP_API_KEY", "canary", "ALPHAKEEP_API_KEY_FILE", file.toString());
        assertRefused(both, "ALPHAKEEP_API_KEY and ALPHAKEEP_API_KEY_FILE are both set; use one");
        // What a container's file passes on of nothing is nothing.
        assertThat(of(Map.of("ALPHAKEEP_API_KEY", "", "ALPHAKEEP_API_KEY_FILE", file.toString()))
                        .value(Setting.API_KEY))
                .isEqualTo("canary");
    }

    @Test
    void aSecretThatHasNotItsFormIsToldInASentence() {
        assertRefused(
                Map.of("ALPHAKEEP_HTTP_TOKEN", "canary"), "ALPHAKEEP_HTTP_TOKEN is not valid: it must be 16 to 1024");
    }

    @Test
    void aTokenThatNobodyWouldAskForIsRefused() throws IOException {
        String token = "canary-0123456789";
        assertRefused(
                Map.of("ALPHAKEEP_HTTP_AUTH", "platform", "ALPHAKEEP_HTTP_TOKEN", token),
                "ALPHAKEEP_HTTP_AUTH is platform",
                "ALPHAKEEP_HTTP_TOKEN is set too; unset");
        Path file = Files.writeString(folder.resolve("token"), token);
        assertRefused(
                Map.of("ALPHAKEEP_HTTP_AUTH", "platform", "ALPHAKEEP_HTTP_TOKEN_FILE", file.toString()), "is set too");
        assertThat(of(Map.of("ALPHAKEEP_HTTP_AUTH", "platform", "ALPHAKEEP_HTTP_TOKEN", ""))
                        .given(Setting.HTTP_TOKEN))
                .isEmpty();
        assertThat(of(Map.of("ALPHAKEEP_HTTP_AUTH", "token", "ALPHAKEEP_HTTP_TOKEN", token))
                        .value(Setting.HTTP_TOKEN))
                .isEqualTo(token);
    }

    /** The framework would read the variables by itself. */
    @Test
    void whatWasCheckedIsWhatIsUsed() {
        Map<String, String> environment = Map.of("ALPHAKEEP_API_KEY", "canary\n", "ALPHAKEEP_PLAN", " ");
        SettingsSource.handOver(of(environment), null, 1, false, false);
        try {
            AlphakeepConfig config = new SmallRyeConfigBuilder()
                    .withMapping(AlphakeepConfig.class)
                    .withSources(
                            new EnvConfigSource(environment, 300),
                            new PropertiesConfigSource(Map.of("alphakeep.schema", "raw"), "system", 400),
                            new SettingsSource(),
                            new CheckedSource())
                    .build()
                    .getConfigMapping(AlphakeepConfig.class);
            assertThat(config.api().key()).contains("canary");
            assertThat(config.plan()).isEmpty();
            assertThat(config.schema()).isEqualTo("public");
        } finally {
            SettingsSource.handOver(Settings.defaults(), null, 1, true, false);
        }
    }

    @Test
    void aBadSecretIsNotShown() {
        assertThat(new Failure(Failure.Kind.CONFIGURATION, "x", "y").line()).isEqualTo("x; y");
        Settings settings = of(Map.of("ALPHAKEEP_API_KEY", "canary"));
        assertThat(settings.toString()).doesNotContain("canary");
    }

    /** The typed view and the list of settings must name the same things: what the view lacks could not be used. */
    @Test
    void theTypedViewHasExactlyTheListedSettings() {
        Set<String> typed = new TreeSet<>();
        collect("alphakeep", AlphakeepConfig.class, typed);
        assertThat(typed)
                .isEqualTo(Setting.all().stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static void collect(String prefix, Class<?> type, Set<String> into) {
        for (Method method : type.getDeclaredMethods()) {
            String name =
                    prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            if (method.getReturnType().isInterface()) {
                collect(name, method.getReturnType(), into);
            } else {
                into.add(name);
            }
        }
    }

    @Test
    void theReadmeListsEverySettingWithItsDefault() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (Setting setting : Setting.all()) {
            assertThat(readme.lines()
                            .filter(l -> l.startsWith("| `" + setting.variable() + "`"))
                            .toList())
                    .as(setting.variable())
                    .singleElement()
                    .asString()
                    .contains(setting.defaultText());
        }
    }
}
