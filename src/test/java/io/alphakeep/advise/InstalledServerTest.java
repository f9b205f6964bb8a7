package io.alphakeep.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alphakeep.advise.seen.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the embedded server has not got, on the server of the package that has HypoPG (Debian's postgresql-15-hypopg): the tests
 * of the advice on a PostgreSQL of that age. Skipped where there is none, unless {@code TESTS_REQUIRE_HYPOPG=true}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledServerTest {

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");

    /** The first of those that a segment of the commit log has room for, and that segment's name. */
    private static final long FAR_XID = 1_192L << 20;

    private static final String SEGMENT = "04A8";

    @TempDir
    private static Path folder;

    private static OwnServer server;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> programs = programs();
        assertThat(programs.isEmpty() && Boolean.parseBoolean(System.getenv("TESTS_REQUIRE_HYPOPG")))
                .as("HypoPG is not installed")
                .isFalse();
        assumeTrue(programs.isPresent(), "HypoPG is not installed");
        server = OwnServer.installed(programs.get(), folder);
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(PROGRAMS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PROGRAMS)) {
            return versions.filter(version -> Files.exists(version.resolve("lib/hypopg.so"))
                            && Files.isExecutable(version.resolve("bin/initdb")))
                    .map(version -> version.resolve("bin"))
                    .findFirst();
        }
    }

    private static Advice advice() {
        return new Advisor(server.transactions("postgres"), process -> Machine.UNKNOWN).advise();
    }

    private static List<Finding> found(String id) {
        return advice().findings().stream()
                .filter(finding -> finding.id().equals(id))
                .toList();
    }

    @Test
    @Order(1)
    void whatAMissingIndexIsWorthIsSaidAndNothingIsMade() throws SQLException {
        server.execute(
                "CREATE SCHEMA extensions",
                "CREATE EXTENSION hypopg SCHEMA extensions",
                "DROP INDEX idx_alpha_fund_pe_ratio, idx_alpha_fund_market_cap_text",
                Spoiled.OVERVIEWS,
                "ANALYZE");
        server.execute("CREATE INDEX alpha_request_twice ON alpha_request (requested_at)");
        int indexes = server.column("SELECT indexname FROM pg_indexes").size();
        Advice advice = advice();
        assertThat(advice.findings())
                .filteredOn(finding -> finding.id().equals("index-missing"))
                .hasSize(2)
                .allSatisfy(finding -> {
                    String[] costs = finding.evidence()
                            .replaceFirst(
                                    ".*; the planner's cost ([\\d,]+) without it, ([\\d,]+) with it \\(HypoPG\\)",
                                    "$1 $2")
                            .replace(",", "")
                            .split(" ");
                    assertThat(Double.parseDouble(costs[1])).isLessThan(Double.parseDouble(costs[0]) / 2);
                });
        assertThat(advice.findings()).extracting(Finding::id).contains("index-duplicate", "max-wal-size");
        assertThat(advice.unseen())
                .as("all but the machine and what is not installed was read")
                .allMatch(line -> line.contains("machine") || line.contains("pg_stat_statements"));
        assertThat(server.column("SELECT indexname FROM pg_indexes")).hasSize(indexes);
        assertThat(server.column("SELECT indexrelid FROM extensions.hypopg()")).isEmpty();
    }

    @Test
    @Order(2)
    void longValuesArePackedByTheFasterMethodWhereTheServerHasIt() throws SQLException {
        List<Finding> slower = found("toast-compression");
        assertThat(slower).hasSize(1);
        for (Change change : slower.get(0).changes()) {
            server.execute(change.sql());
        }
        server.execute("SELECT pg_reload_conf()");
        assertThat(found("toast-compression")).isEmpty();
    }

    /** Somebody's forgotten slot has held everything up for more than a thousand million others. */
    @Test
    @Order(3)
    void transactionIdsThatComeToTheirEndAreCritical() throws IOException, SQLException {
        assertThat(found("wraparound")).isEmpty();
        server.configure("wal_level = logical");
        server.restart();
        server.execute("SELECT pg_create_logical_replication_slot('forgotten', 'pgoutput')");
        server.skipTransactionsTo(FAR_XID, SEGMENT);
        assertThat(found("wraparound")).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(finding.evidence()).startsWith("oldest transaction 1,249,9");
        });

        server.execute("SELECT pg_drop_replication_slot('forgotten')");
        for (Finding finding : found("wraparound")) {
            for (Change change : finding.changes()) {
                server.execute(change.sql());
            }
        }
        assertThat(found("wraparound"))
                .extracting(Finding::subject)
                .as("what can be mended from here")
                .doesNotContain("postgres");
    }
}
