package io.alphakeep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.config.Failure;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line and the settings → what is measured, and where. */
class BenchOptionsTest {

    private static BenchOptions options(String... args) {
        BenchCommand command = new BenchCommand(null);
        new CommandLine(command).parseArgs(args);
        return command.options();
    }

    @Test
    void everythingUnlessSomethingIsNamed() {
        assertThat(options().parts()).containsExactlyInAnyOrder(PartName.values());
        assertThat(options().sizes()).isEqualTo(Sizes.full());
        assertThat(options("--quick", "--rounds", "7"))
                .isEqualTo(new BenchOptions(
                        true, new Rounds(1, 7), Sizes.quick(), options().parts()));
        assertThat(options("--only", "json,decode", "single").parts())
                .containsExactlyInAnyOrder(PartName.JSON, PartName.DECODE, PartName.SINGLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--only bulks  | is no part, did you mean bulk? There are: single, batch,",
                "--rounds 0    | --rounds 0 is not between 1 and 100",
                "--rounds 101  | --rounds 101 is not between 1 and 100"
            })
    void whatIsWrongIsNamed(String line, String expected) {
        assertThatThrownBy(() -> options(line.strip().split(" ")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://me:pw%40@db:5433/d,                  jdbc:postgresql://db:5433/d?sslmode=require&, me, pw@",
        "jdbc:postgresql://localhost/d?user=me&password=p%40w&ssl=x, jdbc:postgresql://localhost/d?ssl=x&, me, p@w"
    })
    void theTargetTakesUserAndPasswordOutOfTheAddress(String url, String start, String user, String password) {
        Settings settings = Settings.of(Map.of("ALPHAKEEP_DATABASE_URL", url), new Properties(), Path.of("target"));
        Target target = Targets.of(settings, "alpha_bench_00000001");
        assertThat(target.url())
                .startsWith(start)
                .contains("connectTimeout=10")
                .endsWith("ApplicationName=alpha_bench_00000001");
        assertThat(target.user()).isEqualTo(user);
        assertThat(target.password()).isEqualTo(password);
        assertThat(target.toString()).doesNotContain(password);
        assertThat(Targets.of(settings.with(Setting.DATABASE_USER, "other"), "x")
                        .user())
                .isEqualTo("other");
    }
}
