package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.scale.BarGenerator;
import io.alphakeep.scale.Fingerprint;
import io.alphakeep.scale.Idle;
import io.alphakeep.scale.Maintenance;
import io.alphakeep.scale.Mix;
import io.alphakeep.scale.OverviewGenerator;
import io.alphakeep.scale.Patient;
import io.alphakeep.scale.Population;
import io.alphakeep.scale.Prober;
import io.alphakeep.scale.ScaleDatabase;
import io.alphakeep.scale.ScaleReport;
import io.alphakeep.scale.Sessions;
import io.alphakeep.scale.Written;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * 25 years of bars in monthly partitions (5 below a million bars): maintenance merges the old years and a backfill writes into them while readers
 * and writers go on; no row is lost, seen twice or missed. How long everybody waited is in {@code target/scale.md}, and judged
 * by people. {@code scale.rows} says how many bars, {@code scale.url} where (else on the tests' own server).
 */
@Tag("soak")
class ScaleIT {

    private static final int CONNECTIONS = 2;
    private static final List<String> BACKFILLED = List.of("BFAA", "BFAB", "BFAC", "BFAD");

    @RegisterExtension
    static final ScaleDatabase DATABASE = new ScaleDatabase();

    @TempDir
    Path folder;

    private final long size = Long.parseLong(System.getProperty("scale.rows", "300000"));
    private final boolean large = size >= 1_000_000;
    private final Sessions sessions = new Sessions(LocalDate.now(ZoneOffset.UTC), large ? 25 : 5);
    private final Population population = new Population(sessions);
    private final Written written = new Written();
    private ScaleReport report;

    @Test
    void nothingIsLostAndNobodyIsDisturbed() {
        Packaged program = DATABASE.configure(new Packaged(folder));
        Packaged.Finished migrated = program.run("migrate", "--demo");
        assertThat(migrated.exitCode()).as(migrated.all()).isZero();
        assertThat(DATABASE.number("SELECT count(*) FROM alpha_market_data"))
                .as("scale.url must name an empty database")
                .isZero();
        report = new ScaleReport(DATABASE, Path.of("target", "scale.md"));
        OverviewGenerator.fill(DATABASE, (int) Math.min(100_000, Math.max(1_000, size / 1_000)));
        DATABASE.execute("VACUUM (ANALYZE) alpha_fundamental_data");
        report.begin();
        if (large) {
            generate(Math.max(size / 100, 100_000));
            idle();
        }
        generate(size - population.rows());
        idle();
        Fingerprint before = Fingerprint.take(DATABASE, population);
        maintain(program);
        checkBars(before);
        backfill(program);
        checkBars(before);
        idle();
        System.out.println(report);
    }

    private void generate(long rows) {
        Mix mix = Mix.of(rows, population.tickers(), sessions);
        report.begin();
        new BarGenerator(DATABASE, sessions).fill(mix, CONNECTIONS);
        population.add(mix);
        report.size("generating " + mix, population.rows());
    }

    private void idle() {
        String phase = String.format(
                "idle, %,d bars, %s partitions",
                population.rows(),
                DATABASE.value("SELECT count(*) FROM pg_partition_tree('alpha_market_data') WHERE isleaf"));
        report.waits(phase, Idle.measure(DATABASE, population, written, large ? 2_000 : 200));
    }

    private void maintain(Packaged program) {
        Maintenance maintenance = new Maintenance(DATABASE, program, report);
        report.begin();
        try (Prober prober = Prober.start(DATABASE, population, written)) {
            maintenance.untilNothingIsPostponed();
            finish(prober, "maintain");
        }
        report.size("maintain", population.rows());
        assertThat(DATABASE.number(
                        """
                        SELECT count(*) FROM pg_partition_tree('alpha_market_data')
                        WHERE isleaf AND relid::text < 'alpha_market_data_%d' AND relid::text ~ '_[0-9]{4}_[0-9]{2}$'
                        """.formatted(sessions.today().minusMonths(25).getYear())))
                .as("monthly partitions of old years")
                .isZero();
    }

    private void backfill(Packaged program) {
        String from = sessions.today().minusMonths(large ? 120 : 36).toString();
        List<String> add = new ArrayList<>(List.of("watch", "add"));
        add.addAll(BACKFILLED.subList(0, large ? 4 : 1));
        add.addAll(List.of("--function", "TIME_SERIES_INTRADAY:5min", "--from", from));
        report.begin();
        try (StandIn api = StandIn.start(StandInOptions.defaults());
                Prober prober = Prober.start(DATABASE, population, written)) {
            program.with("ALPHAKEEP_API_URL", api.url().toString()).with("ALPHAKEEP_API_KEY", "any");
            Packaged.Finished added = program.run(add.toArray(String[]::new));
            assertThat(added.exitCode()).as(added.all()).isZero();
            Packaged.Finished finished = Patient.run(program, "ingest", "--json");
            assertThat(finished.exitCode()).as(finished.all()).isZero();
            long inserted = Json.read(finished.out()).at("/rows/inserted").asLong();
            finish(prober, "backfill");
            assertThat(DATABASE.number("SELECT count(*) FROM alpha_market_data WHERE ticker LIKE 'BF%'"))
                    .isEqualTo(inserted)
                    .isPositive();
            report.size("backfill of " + inserted + " bars from " + from, population.rows() + inserted);
        }
    }

    private void finish(Prober prober, String phase) {
        prober.close();
        report.waits("during " + phase, prober.measured());
        report.note(String.format(
                "the longest wait of a reader or writer during %s: %.0f ms (lock_timeout: 2000 ms)",
                phase, prober.measured().worstMillis()));
        assertThat(prober.troubles()).as("readers and writers during %s", phase).isEmpty();
    }

    /** Nothing that was generated has changed, and what was acknowledged is there, and nothing else. */
    private void checkBars(Fingerprint before) {
        assertThat(Fingerprint.take(DATABASE, population)).isEqualTo(before);
        assertThat(written.differences(DATABASE, population)).isEmpty();
        assertThat(DATABASE.number("SELECT count(*) FROM alpha_market_data WHERE ticker >= 'S'"))
                .isEqualTo(population.rows() + written.barsOf(sessions.today()));
    }
}
