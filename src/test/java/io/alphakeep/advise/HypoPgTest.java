package io.alphakeep.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alphakeep.advise.seen.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real HypoPG, on the server of the package that has it (Debian's postgresql-15-hypopg): the one test of the advice on a
 * PostgreSQL of that age. Skipped where there is none, unless {@code TESTS_REQUIRE_HYPOPG=true}.
 */
class HypoPgTest {

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");

    @TempDir
    Path folder;

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

    @Test
    void whatAMissingIndexIsWorthIsSaidAndNothingIsMade() throws IOException, SQLException {
        Optional<Path> programs = programs();
        assertThat(programs.isEmpty() && Boolean.parseBoolean(System.getenv("TESTS_REQUIRE_HYPOPG")))
                .as("HypoPG is not installed")
                .isFalse();
        assumeTrue(programs.isPresent(), "HypoPG is not installed");
        try (OwnServer server = OwnServer.installed(programs.get(), folder)) {
            server.execute(
                    "CREATE SCHEMA extensions",
                    "CREATE EXTENSION hypopg SCHEMA extensions",
                    "DROP INDEX idx_alpha_fund_pe_ratio, idx_alpha_fund_market_cap_text",
                    Spoiled.OVERVIEWS,
                    "ANALYZE");
            server.execute("CREATE INDEX alpha_request_twice ON alpha_request (requested_at)");
            int indexes = server.column("SELECT indexname FROM pg_indexes").size();
            Advice advice = new Advisor(server.transactions("postgres"), process -> Machine.UNKNOWN).advise();
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
            assertThat(server.column("SELECT indexrelid FROM extensions.hypopg()"))
                    .isEmpty();
        }
    }
}
