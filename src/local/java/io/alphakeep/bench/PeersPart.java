package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The same rows into the same tables by programs outside of Java, as far as they are there. */
final class PeersPart implements Part {

    private static final String PREFIX = "P";
    private static final String TABLE = "alpha_market_data";
    /** What no index is on. */
    private static final String BARE = "peers_bare";

    private static final String REQUESTS_PREFIX = "R";
    private static final int REQUESTS = 50;
    private static final int QUICK_REQUESTS = 20;
    private static final int ROWS = 100;

    private static final int QUICK_SERIES = 4;
    private static final int QUICK_ROUNDS = 2;
    /** What the goal beside psql is of. */
    private static final int AT_ROWS = 1_000_000;

    /**
     * @param function of peers.py
     * @param apt      what brings it
     * @param bulk     goal for new rows; 0 = none
     * @param request  goal for a request of 100 rows; 0 = none, below 0: not measured, it cannot upsert
     */
    private record Peer(String name, String function, String apt, double bulk, double request, String... modules) {

        /** A statement for each row: a quarter of the rows is enough, and takes long enough. */
        boolean slow() {
            return function.endsWith("executemany");
        }

        int series(int all, boolean quick) {
            return quick && (slow() || function.startsWith("pandas"))
                    ? Math.min(all, QUICK_SERIES)
                    : slow() ? Math.max(1, all / 4) : all;
        }
    }

    private static final List<Peer> PEERS = List.of(
            new Peer("psycopg2 executemany", "psycopg2_executemany", "python3-psycopg2", 30, 25, "psycopg2"),
            new Peer("psycopg2 execute_values", "psycopg2_execute_values", "python3-psycopg2", 0, 0, "psycopg2"),
            new Peer("asyncpg COPY and merge", "asyncpg_copy", "python3-asyncpg", 0, 0, "asyncpg"),
            new Peer("asyncpg executemany", "asyncpg_executemany", "python3-asyncpg", 0, 6, "asyncpg"),
            new Peer(
                    "pandas.to_sql, multi, no upsert",
                    "pandas_to_sql",
                    "python3-pandas python3-sqlalchemy python3-psycopg2",
                    30,
                    -1,
                    "pandas",
                    "sqlalchemy",
                    "psycopg2"));

    @Override
    public List<Comparison> measure(Bench bench) throws Exception {
        MixedTables.drop(bench);
        Path folder = Files.createTempDirectory("alphakeep-bench");
        try (Connection connection = bench.target().connect()) {
            Sql.run(connection, "CREATE TABLE peers_bare (LIKE alpha_market_data INCLUDING DEFAULTS)");
            List<Comparison> lines = new ArrayList<>(psql(bench, connection, folder));
            lines.addAll(python(bench, connection, folder));
            return lines;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.deleteIfExists(file);
                }
            }
            try (Connection connection = bench.target().connect()) {
                Sql.run(connection, "TRUNCATE alpha_market_data", "DROP TABLE IF EXISTS peers_bare");
            }
        }
    }

    private static List<Comparison> psql(Bench bench, Connection connection, Path folder) throws Exception {
        if (!PsqlCopy.isThere()) {
            bench.skip("psql \\copy: psql is not on the path (apt install postgresql-client)");
            return List.of();
        }
        Sizes sizes = bench.options().sizes();
        List<SeriesBars> all = SeriesBars.daily(PREFIX, 0, sizes.bulkSeries(), sizes.barsPerSeries());
        Path rows = write(folder.resolve("rows.copy"), CopyRows.encode(all), '\t');
        SameRows same = new SameRows();
        Technique psql = into(
                bench,
                connection,
                BARE,
                "psql \\copy, no index",
                same,
                () -> Measured.seconds(() -> PsqlCopy.send(bench.target(), BARE, rows)));
        int count = SeriesBars.rows(all);
        try {
            List<Samples> samples = besideOurs(bench, connection, psql, all, same);
            double goal = count < AT_ROWS ? 0 : 0.55;
            return List.of(line("%,d new rows".formatted(count), samples, goal, "psql's start included"));
        } catch (IOException e) {
            bench.skip("psql \\copy: " + e.getMessage());
            return List.of();
        }
    }

    private static List<Comparison> python(Bench bench, Connection connection, Path folder) throws Exception {
        try (InputStream in = PeersPart.class.getResourceAsStream("/bench/peers.py")) {
            Files.copy(in, folder.resolve("peers.py"));
        }
        Sizes sizes = bench.options().sizes();
        List<SeriesBars> some = SeriesBars.daily(PREFIX, 0, sizes.peerSeries(), sizes.barsPerSeries());
        List<SeriesBars> histories = SeriesBars.daily(REQUESTS_PREFIX, 0, requests(bench), ROWS + 1);
        List<SeriesBars> all = new ArrayList<>(some);
        all.addAll(answers(histories));
        Path rows = write(folder.resolve("rows.csv"), CopyRows.encode(all), ',');
        int first = SeriesBars.rows(some);
        List<Comparison> bulk = new ArrayList<>();
        List<Comparison> requests = new ArrayList<>();
        for (Peer peer : PEERS) {
            Optional<String> missing = PythonPeer.missing(peer.modules());
            if (missing.isPresent()) {
                bench.skip(peer.name() + ": " + missing.get() + " is not installed (apt install " + peer.apt() + ")");
                continue;
            }
            try (PythonPeer process = new PythonPeer(bench.target(), folder, peer.function(), TABLE, rows)) {
                int series = peer.series(some.size(), bench.options().quick());
                bulk.add(bulk(bench, connection, peer, process, some.subList(0, series)));
                if (peer.request() >= 0) {
                    requests.add(request(bench, connection, peer, process, histories, first));
                }
            } catch (IOException e) {
                bench.skip(peer.name() + ": " + e.getMessage());
            }
        }
        bulk.addAll(requests);
        return bulk;
    }

    private static int requests(Bench bench) {
        return bench.options().quick() ? QUICK_REQUESTS : REQUESTS;
    }

    private static Rounds rounds(Bench bench) {
        Rounds rounds = bench.options().rounds();
        return bench.options().quick()
                ? new Rounds(rounds.warmUps(), Math.min(QUICK_ROUNDS, rounds.counted()))
                : rounds;
    }

    private static List<SeriesBars> answers(List<SeriesBars> histories) {
        return histories.stream().map(each -> each.slice(1, ROWS + 1)).toList();
    }

    private static Comparison bulk(
            Bench bench, Connection connection, Peer peer, PythonPeer process, List<SeriesBars> some) throws Exception {
        int rows = SeriesBars.rows(some);
        SameRows same = new SameRows();
        Technique theirs = into(bench, connection, TABLE, peer.name(), same, () -> process.round(0, rows));
        List<Samples> samples = besideOurs(bench, connection, theirs, some, same);
        return line(
                "%,d new rows".formatted(rows),
                samples,
                peer.bulk(),
                "the same table; theirs in one transaction, ours commits each series");
    }

    /**
     * Each series is asked once a round, and its last bar is new. Both sides keep their session.
     *
     * @param first where the answers begin among the peer's rows
     */
    private static Comparison request(
            Bench bench, Connection connection, Peer peer, PythonPeer process, List<SeriesBars> histories, int first)
            throws Exception {
        List<SeriesBars> answers = answers(histories);
        SameRows same = new SameRows();
        try (Connection writing = bench.target().connect()) {
            writing.setAutoCommit(false);
            Technique theirs = new Measured(peer.name(), Unit.MILLISECONDS, round -> {
                bench.progress("bench: peers, request, " + peer.name() + ", round " + round);
                allButTheLast(bench, connection, histories);
                double seconds = 0;
                for (int i = 0; i < answers.size(); i++) {
                    seconds += process.round(first + i * ROWS, first + (i + 1) * ROWS);
                }
                same.look(connection, peer.name(), TABLE);
                return seconds / answers.size() * 1e3;
            });
            Technique ours = new Measured("alphakeep", Unit.MILLISECONDS, round -> {
                allButTheLast(bench, connection, histories);
                double seconds = Measured.seconds(() -> Ours.write(writing, answers));
                same.look(connection, "alphakeep", TABLE);
                return seconds / answers.size() * 1e3;
            });
            List<Samples> samples = rounds(bench).of(List.of(theirs, ours));
            return line(
                    "a request of 100 rows, 1 new",
                    samples,
                    peer.request(),
                    "mean of %d requests; the same table, committed each".formatted(answers.size()));
        }
    }

    private static void allButTheLast(Bench bench, Connection connection, List<SeriesBars> histories)
            throws SQLException {
        Sql.run(connection, "TRUNCATE " + TABLE);
        try (Connection filling = bench.target().connect()) {
            filling.setAutoCommit(false);
            CopyRows.send(
                    filling,
                    TABLE,
                    CopyRows.encode(
                            histories.stream().map(each -> each.slice(0, ROWS)).toList()));
            filling.commit();
        }
    }

    private interface Seconds {
        double taken() throws Exception;
    }

    private static List<Samples> besideOurs(
            Bench bench, Connection connection, Technique theirs, List<SeriesBars> answers, SameRows same)
            throws Exception {
        try (Connection writing = bench.target().connect()) {
            writing.setAutoCommit(false);
            Technique ours = into(
                    bench,
                    connection,
                    TABLE,
                    "alphakeep",
                    same,
                    () -> Measured.seconds(() -> Ours.write(writing, answers)));
            return rounds(bench).of(List.of(theirs, ours));
        }
    }

    private static Technique into(
            Bench bench, Connection connection, String table, String name, SameRows same, Seconds work) {
        return new Measured(name, Unit.SECONDS, round -> {
            bench.progress("bench: peers, " + name + ", round " + round);
            Sql.run(connection, "TRUNCATE " + table);
            Sql.checkpoint(connection);
            double seconds = work.taken();
            same.look(connection, name, table);
            return seconds;
        });
    }

    private static Comparison line(String work, List<Samples> samples, double goal, String note) {
        return new Comparison(
                Section.WRITING,
                work,
                samples.get(0),
                samples.get(1),
                "",
                goal > 0 ? Optional.of(new Goal(Goal.Of.FACTOR, goal, true)) : Optional.empty(),
                note);
    }

    /** None of the values holds a tab, a comma or a quote. */
    private static Path write(Path file, List<byte[]> pieces, char separator) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] piece : pieces) {
                out.write(
                        separator == '\t'
                                ? piece
                                : new String(piece, StandardCharsets.ISO_8859_1)
                                        .replace('\t', separator)
                                        // Python 3.9 and 3.10 do not read the Z.
                                        .replace("Z,", "+00:00,")
                                        .replace("Z\n", "+00:00\n")
                                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return file;
    }
}
