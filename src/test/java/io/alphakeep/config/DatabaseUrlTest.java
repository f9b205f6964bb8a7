package io.alphakeep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://localhost:5432/md, jdbc:postgresql://localhost:5432/md",
        "jdbc:postgresql://127.0.0.1/md, jdbc:postgresql://127.0.0.1/md",
        "jdbc:postgresql://[::1]:5432/md, jdbc:postgresql://[::1]:5432/md",
        "jdbc:postgresql:///md, jdbc:postgresql:///md",
        "jdbc:postgresql://db.example:5432/md, jdbc:postgresql://db.example:5432/md?sslmode=require",
        "jdbc:postgresql://db/md?x=1, jdbc:postgresql://db/md?x=1&sslmode=require",
        "jdbc:postgresql://db/md?sslmode=disable, jdbc:postgresql://db/md?sslmode=disable",
        "'jdbc:postgresql://localhost,db/md', 'jdbc:postgresql://localhost,db/md?sslmode=require'",
        "postgres://db/md, jdbc:postgresql://db/md?sslmode=require",
        "postgresql://localhost/md, jdbc:postgresql://localhost/md",
        "postgres://db/md?sslmode=verify-full, jdbc:postgresql://db/md?sslmode=verify-full"
    })
    void becomesTheDriversForm(String given, String expected) {
        assertThat(DatabaseUrl.parse(given).jdbcUrl()).isEqualTo(expected);
    }

    @Test
    void takesUserAndPasswordFromTheUrl() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://me:p%40ss+word:x@db:6432/md");
        assertThat(url.user()).contains("me");
        assertThat(url.password()).contains("p@ss+word:x");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db:6432/md?sslmode=require");
        assertThat(url.place()).isEqualTo("db:6432/md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://canary@db/md",
                "jdbc:postgresql:md",
                "db:5432/md",
                "",
                "postgres://db:99999/md",
                "postgres://me:canary@d b/md",
                "postgres://me:canary/x@db/md",
                "postgres://me:x@y/canary@db/md",
                "jdbc:postgresql://me:canary@db/md",
                "jdbc:postgresql://db/md?password=canary&x",
                "jdbc:postgresql://db:5432"
            })
    void refusesWhatIsNoSuchAddressWithoutShowingThePassword(String given) {
        if (given.contains("?password")) {
            assertThat(DatabaseUrl.parse(given).place()).doesNotContain("canary");
            return;
        }
        assertThatThrownBy(() -> DatabaseUrl.parse(given))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("ALPHAKEEP_DATABASE_URL")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://me@db:5432/md | has a user before the host | ALPHAKEEP_DATABASE_USER",
                "jdbc:postgresql://me:canary@db/md | has a user before the host | postgres://user@host",
                "postgres://me:canary%0A@db/md | holds a line break | %0A"
            })
    void saysWhatIsWrongInTheCommonCases(String given, String what, String next) {
        assertThatThrownBy(() -> DatabaseUrl.parse(given)).isInstanceOfSatisfying(Failure.class, f -> {
            assertThat(f.getMessage()).contains("ALPHAKEEP_DATABASE_URL " + what);
            assertThat(f.next()).contains(next);
            assertThat(f.line()).doesNotContain("canary");
        });
    }
}
