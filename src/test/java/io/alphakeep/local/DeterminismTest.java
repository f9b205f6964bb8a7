package io.alphakeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.catalog.Function;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeterminismTest {

    @Test
    void theSameAskGetsTheSameBytesInAnyOrder() {
        List<String> queries = new ArrayList<>();
        for (Function function : Catalog.functions()) {
            for (String symbol : List.of("IBM", "ABC", "KO", "QQQQQ", "BRK-B")) {
                queries.add("function=" + function.name() + "&symbol=" + symbol + "&interval=30min&outputsize=full");
            }
        }
        Map<String, String> forward = answers(queries);
        Collections.reverse(queries);
        assertThat(answers(queries)).isEqualTo(forward);
        assertThat(forward.values()).doesNotHaveDuplicates();
    }

    @Test
    void aNewSessionChangesNoTradedPrice() {
        String query = "function=TIME_SERIES_DAILY&symbol=KO&outputsize=full";
        try (Asking monday = Asking.at("2026-05-12T00:00:00Z");
                Asking friday = Asking.at("2026-05-16T00:00:00Z")) {
            List<String> then = monday.csv(query);
            List<String> now = friday.csv(query);
            assertThat(now.subList(1 + 4, now.size())).isEqualTo(then.subList(1, then.size()));
        }
    }

    @Test
    void aSessionAppearsAtMidnightOfUtcAfterIt() {
        SettableClock clock = new SettableClock("2026-05-14T23:59:59Z");
        try (Asking api = new Asking(StandInOptions.defaults().withClock(clock))) {
            String query = "function=TIME_SERIES_DAILY&symbol=KO";
            assertThat(api.csv(query).get(1)).startsWith("2026-05-13,");
            clock.set("2026-05-15T00:00:00Z");
            assertThat(api.csv(query).get(1)).startsWith("2026-05-14,");
            // Friday's bar stays the newest until Monday has closed; 2026-05-25 is Memorial Day.
            clock.set("2026-05-26T23:59:59Z");
            assertThat(api.csv(query).get(1)).startsWith("2026-05-22,");
        }
    }

    private static Map<String, String> answers(List<String> queries) {
        try (Asking api = Asking.at("2026-05-16T12:00:00Z")) {
            Map<String, String> answers = new HashMap<>();
            for (String query : queries) {
                String body = api.body(query);
                assertThat(body.contains("Error Message")).as(query).isFalse();
                answers.put(query, fingerprint(body));
            }
            assertThat(api.standIn().requests()).isEqualTo(queries.size());
            return answers;
        }
    }

    /** The bodies themselves, megabytes each, would make a failure's message take minutes. */
    private static String fingerprint(String body) {
        return UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
