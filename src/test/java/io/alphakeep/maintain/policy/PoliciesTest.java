package io.alphakeep.maintain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.config.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {

    private static Policies of(Map<String, String> stored) {
        return Policies.of(stored, Map.of());
    }

    @Test
    void theDefaultsAreValidAndKeepEverything() {
        Policies policies = of(Map.of()).required();
        assertThat(policies.monthsAhead()).isEqualTo(3);
        assertThat(policies.archiveMode()).isEqualTo("merge");
        assertThat(policies.archiveAfterMonths()).isEqualTo(24);
        assertThat(policies.retentionAfterMonths()).isEmpty();
        assertThat(policies.retentionGraceDays()).isEqualTo(14);
        assertThat(policies.ledgerKeepDays()).isEqualTo(400);
        assertThat(policies.indexes()).containsOnlyKeys("price_summary");
        assertThat(policies.all()).allMatch(value -> value.from() == Policies.From.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "partition.months-ahead | 1 | 24",
                "archive.after-months | 1 | 1200",
                "retention.after-months | 24 | 1200",
                "retention.grace-days | 1 | 365",
                "ledger.keep-days | 7 | 36500",
                "archive.mode | merge | detach",
                "archive.mode | off | off",
                "retention.after-months | off | off",
                "index.price_summary | off | ticker,timestamp days 90",
                "index.mine | ticker,endpoint,timestamp include close_price function TIME_SERIES_DAILY days 30 | off"
            })
    void whatIsValid(String name, String one, String other) {
        of(Map.of(name, one)).required();
        of(Map.of(name, other)).required();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "partition.months-ahead | 0 | whole number from 1 to 24",
                "partition.months-ahead | 25 | whole number from 1 to 24",
                "partition.months-ahead | x | whole number",
                "partition.months-ahead | 99999999999 | whole number",
                "archive.after-months | 0 | 1 to 1200",
                "archive.after-months | 1201 | 1 to 1200",
                "archive.mode | drop | merge, detach, off",
                "retention.after-months | 11 | off, or a whole number from 12 to 1200",
                "retention.after-months | 1201 | off, or a whole number from 12 to 1200",
                "retention.grace-days | 0 | 1 to 365",
                "retention.grace-days | 366 | 1 to 365",
                "ledger.keep-days | 030 | whole number from 7 to 36500",
                "retention.after-months | 024 | off, or a whole number from 12 to 1200",
                "ledger.keep-days | 6 | 7 to 36500",
                "ledger.keep-days | 36501 | 7 to 36500",
                "index.price_summary | ticker | days N",
                "index.Mine | ticker days 3 | index"
            })
    void whatIsNot(String name, String value, String form) {
        assertThatThrownBy(() -> of(Map.of(name, value)).required()).isInstanceOfSatisfying(Failure.class, f -> {
            assertThat(f.kind().exitCode()).isEqualTo(78);
            assertThat(f.line()).contains(name, value, form, "alphakeep policy set");
        });
        assertThatThrownBy(() -> Policy.named(name).check(value)).hasMessageContaining(form);
    }

    @Test
    void retentionIsNotBeforeTheArchiveUnlessThereIsNone() {
        Map<String, String> stored = new HashMap<>(Map.of("retention.after-months", "23"));
        assertThatThrownBy(() -> of(stored).check())
                .hasMessageContaining("retention.after-months (23)")
                .hasMessageContaining("archive.after-months (24)");
        stored.put("archive.mode", "off");
        of(stored).check();
        stored.put("archive.mode", "detach");
        stored.put("archive.after-months", "23");
        of(stored).check();
        assertThatThrownBy(() -> Policies.of(stored, Map.of("archive.after-months", "30"))
                        .check())
                .hasMessageContaining("(30)");
    }

    @Test
    void aSettingWinsOverWhatIsStored() {
        Policies policies = Policies.of(
                Map.of("archive.after-months", "36", "archive.mode", "off"), Map.of("archive.after-months", "12"));
        assertThat(policies.archiveAfterMonths()).isEqualTo(12);
        assertThat(policies.archiveMode()).isEqualTo("off");
        assertThat(policies.all())
                .filteredOn(value -> value.policy().name().startsWith("archive"))
                .extracting(Policies.Value::from)
                .containsExactly(Policies.From.STORED, Policies.From.SETTING);
    }

    @Test
    void aBadValueStopsWhatGoesByItAlone() {
        Policies policies = of(Map.of("retention.after-months", "soon", "index.", "x", "unheard-of", "1"));
        assertThat(policies.archiveAfterMonths()).isEqualTo(24);
        assertThatThrownBy(policies::retentionAfterMonths).isInstanceOf(Failure.class);
        assertThat(policies.all())
                .hasSize(Policy.FIXED.size())
                .filteredOn(value -> !value.problem().isEmpty())
                .singleElement()
                .extracting(Policies.Value::problem)
                .asString()
                .contains("soon");
    }

    @Test
    void atMostEightIndexes() {
        Map<String, String> stored = new HashMap<>();
        for (int i = 1; i < Policies.MAX_INDEXES; i++) {
            stored.put("index.i" + i, "ticker days " + i);
        }
        of(stored).check();
        stored.put("index.one_more", "ticker days 9");
        assertThatThrownBy(() -> of(stored).check()).hasMessageContaining("at most 8");
        stored.put("index.price_summary", "off");
        of(stored).check();
        assertThat(of(stored).indexes()).hasSize(8).doesNotContainKey("price_summary");
    }

    @Test
    void anUnknownNameIsToldTheNearestOne() {
        assertThatThrownBy(() -> Policy.named("archive.after-month")).hasMessageContaining("archive.after-months?");
    }

    @Test
    void theReadmeListsEveryPolicyWithItsDefault() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (Policy policy : Policy.FIXED) {
            assertThat(readme.lines()
                            .filter(line -> line.startsWith("| `" + policy.name() + "`"))
                            .toList())
                    .as(policy.name())
                    .singleElement()
                    .asString()
                    .contains("| `" + policy.defaultText() + "` |");
        }
    }
}
