package io.alphakeep.maintain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.testkit.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PolicyStoreTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final PolicyStore store = new PolicyStore(DATABASE.transactions(), Clock.systemUTC());

    @BeforeEach
    void onlyTheMark() {
        DATABASE.execute(
                "DELETE FROM alpha_policy", "INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', '2024-01-01Z')");
    }

    private static List<List<String>> rows() {
        return DATABASE.query("SELECT name, value::text FROM alpha_policy ORDER BY name");
    }

    @Test
    void whatIsSetIsReadBackAndGoesAgain() {
        store.set(Map.of("archive.after-months", "36", "archive.mode", "detach", "retention.after-months", "off"));
        assertThat(rows())
                .containsExactly(
                        List.of("archive.after-months", "36"),
                        List.of("archive.mode", "\"detach\""),
                        List.of("retention.after-months", "\"off\""),
                        List.of("warehouse", "\"demo\""));
        assertThat(store.read())
                .isEqualTo(Map.of(
                        "archive.after-months", "36", "archive.mode", "detach", "retention.after-months", "off"));
        store.set(Map.of("archive.after-months", "48"));
        assertThat(store.read()).containsEntry("archive.after-months", "48");
        store.reset(List.of("archive.after-months", "archive.mode", "retention.after-months", "warehouse"));
        assertThat(rows()).containsExactly(List.of("warehouse", "\"demo\""));
        assertThat(DATABASE.value("SELECT updated_at FROM alpha_policy")).startsWith("2024-01-01");
    }

    @Test
    void allOrNothing() {
        assertThatThrownBy(() -> store.set(Map.of("archive.mode", "off", "ledger.keep-days", "1")))
                .hasMessageContaining("ledger.keep-days");
        assertThatThrownBy(() -> store.set(Map.of("warehouse", "x"))).hasMessageContaining("there is no policy");
        assertThat(rows()).hasSize(1);
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedFromBothSides() {
        store.set(Map.of("retention.after-months", "60", "archive.after-months", "48"));
        assertThatThrownBy(() -> store.set(Map.of("archive.after-months", "61")))
                .hasMessageContaining("retention.after-months (60)");
        assertThatThrownBy(() -> store.set(Map.of("retention.after-months", "47")))
                .hasMessageContaining("archive.after-months (48)");
        store.set(Map.of("archive.after-months", "20", "retention.after-months", "20"));
        assertThatThrownBy(() -> store.reset(List.of("archive.after-months"))).hasMessageContaining("(24)");
        assertThat(store.read()).isEqualTo(Map.of("retention.after-months", "20", "archive.after-months", "20"));
    }

    @Test
    void whatWasEditedByHandIsNoValue() {
        DATABASE.execute(
                "INSERT INTO alpha_policy VALUES ('archive.mode', '[\"off\"]', now()), ('ledger.keep-days', 'null', now())");
        Policies policies = Policies.of(store.read(), Map.of());
        assertThat(policies.all().stream().filter(value -> !value.problem().isEmpty()))
                .hasSize(2);
    }
}
