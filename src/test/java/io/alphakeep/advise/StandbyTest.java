package io.alphakeep.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.doctor.Check;
import io.alphakeep.advise.doctor.Doctor;
import io.alphakeep.advise.doctor.Given;
import io.alphakeep.advise.doctor.Level;
import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor at a real standby, before and after it is made the primary. */
class StandbyTest {

    @TempDir
    private static Path folder;

    @Test
    void isToldUntilItIsPromoted() throws Exception {
        try (OwnServer server = OwnServer.embedded(folder)) {
            server.becomeStandby();
            assertThat(writable(server)).satisfies(check -> {
                assertThat(check.level()).as(check.toString()).isEqualTo(Level.FAIL);
                assertThat(check.evidence()).contains("is a standby");
                assertThat(check.fix()).contains("targetServerType=primary");
            });
            server.promote();
            assertThat(writable(server)).isEqualTo(Check.ok("writable", "the server takes writes"));
        }
    }

    private static Check writable(OwnServer server) {
        Transactions transactions = server.transactions("postgres");
        Given given =
                new Given(DatabaseUrl.parse("jdbc:postgresql://127.0.0.1/postgres"), 6, Optional.empty(), () -> 3);
        Schema schema = new Schema(TestDatabase.flyway(server.source("postgres"), "public"), transactions);
        return new Doctor(transactions, schema, given, Clock.systemUTC())
                .examine().stream()
                        .filter(check -> check.id().equals("writable"))
                        .findFirst()
                        .orElseThrow();
    }
}
