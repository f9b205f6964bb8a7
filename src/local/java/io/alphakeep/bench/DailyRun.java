package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A day's ingestion from the start of the process to its end: each request answers 100 bars, of which 99 are stored already.
 * The answers move on by one session with each round, so that all rounds do the same work.
 */
final class DailyRun implements Part {

    private static final String PREFIX = "Y";
    private static final int ROWS = 100;
    private static final int PLAN_REQUESTS = 2_025;
    private static final double PLAN_SECONDS = 8 * 3_600;
    private static final double GOAL_SECONDS = 8;
    private static final int MOST_ROUNDS = 3;

    /** Requests of the plan's pipeline that are measured; a whole day of them would take minutes a round. */
    private static final int SAMPLE = 50;

    private static final int QUICK_SAMPLE = 10;
    private static final int QUICK_REQUESTS = 100;
    private static final int QUICK_ROUNDS = 2;

    @Override
    public List<Comparison> measure(Bench bench) throws Exception {
        Optional<Path> jar = OwnProgram.jar();
        if (jar.isEmpty()) {
            bench.skip("daily ingestion: the program was not started from its jar (java -jar quarkus-run.jar bench)");
            return List.of();
        }
        MixedTables.ensure(bench);
        Path folder = Files.createTempDirectory("alphakeep-bench");
        try (ReplayApi api = new ReplayApi();
                Connection before = bench.target().connect()) {
            return measure(bench, api, before, new OwnProgram(jar.get(), bench.target(), api.url(), folder), folder);
        } finally {
            remove(folder);
            try (Connection connection = bench.target().connect()) {
                Sql.run(
                        connection,
                        "DELETE FROM alpha_watch",
                        "DELETE FROM alpha_market_data WHERE ticker ~ '^Y[0-9]+$'",
                        "DELETE FROM before_market_data WHERE ticker ~ '^Y[0-9]+$'",
                        "VACUUM alpha_market_data, before_market_data");
            }
        }
    }

    private static List<Comparison> measure(
            Bench bench, ReplayApi api, Connection before, OwnProgram program, Path folder) throws Exception {
        boolean quick = bench.options().quick();
        int given = bench.options().sizes().requests();
        int requests = quick ? Math.min(QUICK_REQUESTS, given) : given;
        int sample = Math.min(requests, quick ? QUICK_SAMPLE : SAMPLE);
        Rounds rounds = new Rounds(
                0,
                Math.min(
                        quick ? QUICK_ROUNDS : MOST_ROUNDS,
                        bench.options().rounds().counted()));
        List<SeriesBars> all = SeriesBars.daily(PREFIX, 0, requests, ROWS + rounds.counted());
        bench.progress("bench: daily, storing the days before");
        fill(before, all.subList(0, sample));
        api.serve(window(all, 0));
        program.run("watch", "import", watchlist(folder, all).toString());
        check(program.run("ingest", "--refresh", "--json"), requests, (long) requests * ROWS, 0);
        Technique plan = new Measured("one request after another, row by row", Unit.SECONDS, round -> {
            bench.progress("bench: daily, the plan's pipeline, round " + round);
            List<SeriesBars> day = window(all, round + 1).subList(0, sample);
            api.serve(day);
            return Measured.seconds(() -> rowByRow(before, api, day)) / sample * requests;
        });
        Technique ours = new Measured("alphakeep ingest, the whole process", Unit.SECONDS, round -> {
            bench.progress("bench: daily, alphakeep ingest, round " + round);
            api.serve(window(all, round + 1));
            String[] report = new String[1];
            double seconds = Measured.seconds(() -> report[0] = program.run("ingest", "--refresh", "--json"));
            check(report[0], requests, requests, (long) requests * (ROWS - 1));
            return seconds;
        });
        List<Samples> samples = rounds.of(List.of(plan, ours));
        return lines(requests, sample, samples.get(0), samples.get(1));
    }

    private static List<Comparison> lines(int requests, int sample, Samples before, Samples after) {
        List<Comparison> lines = new ArrayList<>();
        lines.add(new Comparison(
                Section.PLAN,
                "daily ingestion, %,d requests, without the API's pace".formatted(requests),
                before,
                after,
                "8 hours → 1 hour",
                requests == PLAN_REQUESTS
                        ? Optional.of(new Goal(Goal.Of.AFTER, GOAL_SECONDS, false))
                        : Optional.empty(),
                ("before: worked out from %,d requests, parsing not counted; after: from the start of the process to its"
                                + " end, each answer 99 known bars and a new one, out of memory over loopback")
                        .formatted(sample)));
        if (requests == PLAN_REQUESTS) {
            for (int perMinute : new int[] {75, 300, 1_200}) {
                lines.add(paced(perMinute, after));
            }
        }
        return lines;
    }

    /** The work of a request is done while the next one waits for its permit, unless it takes longer than that. */
    private static Comparison paced(int perMinute, Samples after) {
        double pace = PLAN_REQUESTS * 60.0 / perMinute;
        List<Double> worked =
                after.values().stream().map(work -> Math.max(pace, work)).toList();
        return new Comparison(
                Section.PLAN,
                "worked out: the same at the pace of premium-" + perMinute,
                new Samples("the plan's 8 hours, 14.2 s a request", Unit.SECONDS, List.of(PLAN_SECONDS)),
                new Samples("alphakeep ingest at " + perMinute + " a minute", Unit.SECONDS, worked),
                "8 hours → 1 hour",
                Optional.empty(),
                after.median() < pace
                        ? "not measured: the API's pace alone; the measured work hides behind it"
                        : "not measured: the work takes longer than the API's pace");
    }

    private static List<SeriesBars> window(List<SeriesBars> all, int from) {
        return all.stream().map(series -> series.slice(from, from + ROWS)).toList();
    }

    private static void fill(Connection before, List<SeriesBars> series) throws SQLException {
        before.setAutoCommit(false);
        for (SeriesBars answer : window(series, 0)) {
            PlanUpsert.write(before, answer);
        }
        before.commit();
        before.setAutoCommit(true);
    }

    private static void rowByRow(Connection connection, ReplayApi api, List<SeriesBars> day)
            throws IOException, InterruptedException, SQLException {
        HttpClient client = HttpClient.newHttpClient();
        for (SeriesBars answer : day) {
            URI uri = URI.create(api.url() + "?function=TIME_SERIES_DAILY&symbol=" + answer.ticker());
            client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
            PlanUpsert.write(connection, answer);
        }
    }

    private static Path watchlist(Path folder, List<SeriesBars> all) throws IOException {
        List<String> lines = new ArrayList<>(List.of("ticker,function"));
        all.forEach(series -> lines.add(series.ticker() + "," + SeriesBars.DAILY));
        return Files.write(folder.resolve("watch.csv"), lines);
    }

    /** A run that did less than it was to do is no measurement. */
    private static void check(String report, long ok, long inserted, long unchanged) {
        if (number(report, "requests", "ok") != ok
                || number(report, "rows", "inserted") != inserted
                || number(report, "rows", "unchanged") != unchanged) {
            throw new IllegalStateException("alphakeep ingest was to answer " + ok + " requests with " + inserted
                    + " new and " + unchanged + " unchanged rows, but reports "
                    + report.substring(0, Math.min(600, report.length())));
        }
    }

    private static long number(String report, String object, String name) {
        Matcher found = Pattern.compile("\"" + object + "\"\\s*:\\s*\\{[^}]*\"" + name + "\"\\s*:\\s*(\\d+)")
                .matcher(report);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
