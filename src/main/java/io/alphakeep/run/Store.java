package io.alphakeep.run;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import io.alphakeep.decode.Decoded;
import io.alphakeep.fetch.Answer;
import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.ledger.Answered;
import io.alphakeep.ledger.Rejects;
import io.alphakeep.ledger.RequestLine;
import io.alphakeep.ledger.Requests;
import io.alphakeep.ledger.Watermarks;
import io.alphakeep.maintain.partition.Homes;
import io.alphakeep.maintain.partition.Partitions;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Reject;
import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlannedRequest;
import io.alphakeep.write.BarWriter;
import io.alphakeep.write.DocumentWriter;
import io.alphakeep.write.WriteContext;
import io.alphakeep.write.WriteResult;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** The unit of commit: a request's rows, its ledger line and its watermark land in one transaction. */
final class Store {

    private static final long DAY_SECONDS = 86_400;

    /** check_violation: of a row that no partition takes; no table of ours has a check that an answer could break. */
    private static final String NO_PARTITION = "23514";

    /**
     * One answered request.
     *
     * @param seen        the watermark as it was when the request was made
     * @param parameters  without the key
     * @param fullRefused the full history was refused as premium, now or earlier
     */
    record Call(
            PlannedRequest request,
            Watermark seen,
            Map<String, String> parameters,
            boolean fullRefused,
            Asker.Asked asked) {

        Series series() {
            return request.series();
        }

        /** The newest rows only, where the function has more. */
        boolean compact() {
            return "compact".equals(parameters.get("outputsize"));
        }
    }

    /**
     * What an answer left.
     *
     * @param rows     rejected counts the rows that could not be read or had no partition
     * @param watermark what it made of the series' watermark
     */
    record Stored(WriteResult rows, Answered watermark) {}

    private static final Logger LOG = Logger.getLogger(Store.class);

    private final long run;
    private final boolean fullRaw;
    private final Clock clock;
    private final Transactions transactions;
    private final Partitions partitions;
    private final BarWriter bars;
    private final DocumentWriter documents;
    private final Requests requests;
    private final Rejects rejects;
    private final Watermarks watermarks;

    Store(
            long run,
            boolean fullRaw,
            Clock clock,
            Transactions transactions,
            Partitions partitions,
            BarWriter bars,
            DocumentWriter documents,
            Requests requests,
            Rejects rejects,
            Watermarks watermarks) {
        this.run = run;
        this.fullRaw = fullRaw;
        this.clock = clock;
        this.transactions = transactions;
        this.partitions = partitions;
        this.bars = bars;
        this.documents = documents;
        this.requests = requests;
        this.rejects = rejects;
        this.watermarks = watermarks;
    }

    /**
     * Makes the partitions that a plan's months will need, in one go. What cannot be made now is tried again when the rows
     * are there.
     */
    void prepare(Plan plan) {
        partitions.ensure(plan.requests().stream()
                .flatMap(request -> request.month().stream())
                .map(month -> month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .toList());
    }

    Stored data(Call call) {
        try {
            return store(call);
        } catch (DatabaseException e) {
            if (!e.state().equals(NO_PARTITION)) {
                throw e;
            }
            // Maintenance detached one that this run knew of. Its rows get another, or are told as without a home.
            partitions.refresh();
            return store(call);
        }
    }

    private Stored store(Call call) {
        Decoded decoded = call.asked().decoded();
        Series series = call.series();
        List<Reject> refused = new ArrayList<>(decoded.rejects());
        Bars homed = withHome(decoded.bars(), refused);
        boolean homeless = homed.size() < decoded.bars().size();
        return repeated((connection, bounds) -> {
            WriteContext context = new WriteContext(run, call.asked().at(), fullRaw);
            WriteResult written = bars.write(connection, bounds, series, homed, context);
            if (!decoded.documents().isEmpty()) {
                written = written.plus(documents.write(connection, series.symbol(), decoded.documents(), context));
            }
            WriteResult result = written.plus(new WriteResult(0, 0, 0, 0, refused.size()));
            rejects.record(connection, run, series, call.asked().at(), refused);
            Answered mark = NextMark.of(call, homed, homeless, written.changed() > 0);
            watermarks.answered(connection, line(call, result, decoded.meta()), mark);
            return new Stored(result, mark);
        });
    }

    /** The API knows of nothing here: told to the ledger, and nothing stored is touched. */
    Stored empty(Call call) {
        return repeated(connection -> {
            Answered mark = NextMark.of(call, Bars.none(), false, false);
            watermarks.answered(connection, line(call, WriteResult.NONE, "{}"), mark);
            return new Stored(WriteResult.NONE, mark);
        });
    }

    /** No usable answer came. */
    void failed(Call call) {
        repeated(connection -> {
            requests.record(connection, line(call, WriteResult.NONE, "{}"));
            boolean sent = !(call.asked().outcome() instanceof FetchOutcome.Broken broken) || broken.sent();
            watermarks.failed(connection, run, call.series(), call.asked().at(), sent);
            return null;
        });
    }

    /** An answer that ends or changes the asking, without a word about the series itself. */
    void noted(Call call) {
        repeated(connection -> {
            requests.record(connection, line(call, WriteResult.NONE, "{}"));
            return null;
        });
    }

    /** The request broke in a way that no rule foresaw. */
    void broke(Series series) {
        try {
            transactions.run(connection -> watermarks.broke(connection, series, clock.instant()));
        } catch (DatabaseException e) {
            LOG.debugf(e, "the failure of %s was not counted", series);
        }
    }

    /** How often in a row, this time included, the API has called the series' symbol unknown; counted up to a bound. */
    int symbolRefusals(Series series, int most) {
        return transactions.run(connection -> requests.inARow(connection, series, "symbol", most));
    }

    private <T> T repeated(Transactions.Work<T> work) {
        return repeated((connection, bounds) -> {
            bounds.set(connection);
            return work.on(connection);
        });
    }

    private <T> T repeated(Transactions.BoundedWork<T> work) {
        return Contention.repeated(() -> transactions.bounded(work));
    }

    private Bars withHome(Bars all, List<Reject> refused) {
        if (all.isEmpty()) {
            return all;
        }
        Homes homes = partitions.ensure(days(all));
        return all.select(i -> {
            if (homes.holds(all.timestamp(i))) {
                return true;
            }
            String why = "its partition could not be made now: " + String.join(", ", homes.postponed());
            refused.add(new Reject(
                    "no_partition", all.timestamp(i).toString(), why, all.get(i).toString()));
            return false;
        });
    }

    /** The first instant of each day that has bars: partitions are months and years. */
    private static List<Instant> days(Bars bars) {
        List<Instant> days = new ArrayList<>();
        long last = Long.MIN_VALUE;
        for (int i = 0; i < bars.size(); i++) {
            long day = Math.floorDiv(bars.second(i), DAY_SECONDS);
            if (day != last) {
                days.add(bars.timestamp(i));
                last = day;
            }
        }
        return days;
    }

    private RequestLine line(Call call, WriteResult rows, String meta) {
        Answer answer = call.asked().answer();
        FetchOutcome outcome = call.asked().outcome();
        return new RequestLine(
                run,
                call.series(),
                ReportJson.of(call.parameters()),
                call.asked().at().minus(answer.took()),
                outcome.kind(),
                answer.status(),
                answer.took().toMillis(),
                answer.bodyBytes(),
                meta,
                outcome.text(),
                LedgerCounts.of(rows));
    }
}
