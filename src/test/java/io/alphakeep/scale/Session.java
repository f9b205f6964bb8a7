package io.alphakeep.scale;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One connection that asks and writes with prepared statements, each call timed. For one thread. */
final class Session implements AutoCloseable {

    private final Connection connection;
    private final Population population;
    private final Written written;
    private final List<String> tickers;
    private final RandomGenerator random;
    private final Map<Read, PreparedStatement> reads = new HashMap<>();
    private final PreparedStatement upsert;

    /**
     * @param tickers whose daily bars this session alone may write
     * @param random  what to ask for
     */
    Session(
            ScaleDatabase database,
            Population population,
            Written written,
            List<String> tickers,
            RandomGenerator random)
            throws SQLException {
        connection = database.connect();
        this.population = population;
        this.written = written;
        this.tickers = tickers;
        this.random = random;
        upsert = Write.prepare(connection);
    }

    void read(Read read, Waits waits) throws SQLException {
        PreparedStatement statement = reads.get(read);
        if (statement == null) {
            statement = connection.prepareStatement(read.sql());
            reads.put(read, statement);
        }
        long start = System.nanoTime();
        read.ask(statement, population, random);
        waits.add(System.nanoTime() - start);
    }

    void write(Write write, Waits waits) throws SQLException {
        String ticker = tickers.get(random.nextInt(tickers.size()));
        List<LocalDate> days = write.days().apply(population);
        List<LocalDate> chosen = write.all() ? days : List.of(days.get(random.nextInt(days.size())));
        long start = System.nanoTime();
        write.write(upsert, ticker, chosen, written);
        waits.add(System.nanoTime() - start);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
