package io.alphakeep.run;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.alphakeep.catalog.Function;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.decode.DecodeException;
import io.alphakeep.decode.Decoded;
import io.alphakeep.decode.Decoders;
import io.alphakeep.fetch.Answer;
import io.alphakeep.fetch.Body;
import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.fetch.FetchOutcome.Fault;
import io.alphakeep.fetch.Redaction;
import io.alphakeep.fetch.StoppedException;
import io.alphakeep.market.Reject;
import io.alphakeep.market.Series;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * One planned request on its way to an answer that can be stored or told: a permit before each attempt, and repeats,
 * bounded and spread, only where they can help. A body that cannot be decoded or is about another symbol counts as
 * broken on its way.
 */
final class Asker {

    private static final Logger LOG = Logger.getLogger(Asker.class);

    /** A wait before a repeat is so much shorter or longer: those who failed together do not come together again. */
    static final double SPREAD = 0.5;

    private static final int UNKNOWN_ATTEMPTS = 2;

    /**
     * How often and how fast one request is repeated.
     *
     * @param attempts     the first one included; 1 or more
     * @param firstDelay   before the first repeat, give or take a half; tripled each time
     * @param longestDelay the most of it
     */
    record Repeats(int attempts, Duration firstDelay, Duration longestDelay) {

        /** What is kind to a server in trouble. */
        static Repeats of(int attempts) {
            return new Repeats(attempts, Duration.ofMillis(500), Duration.ofSeconds(30));
        }

        /** Without a condition. */
        <T> RetryPolicyBuilder<T> policy() {
            return RetryPolicy.<T>builder()
                    .withMaxAttempts(attempts)
                    .withBackoff(firstDelay, longestDelay, 3)
                    .withJitter(SPREAD);
        }
    }

    /**
     * What came of it.
     *
     * @param answer  as the API gave it, the last attempt's
     * @param outcome its class, after decoding
     * @param decoded the rows; null unless the outcome is data
     * @param at      when the answer was there, in whole microseconds as the database keeps them
     */
    record Asked(Answer answer, FetchOutcome outcome, Decoded decoded, Instant at) {}

    private final Decoders decoders = new Decoders();
    private final Clock clock;
    private final Sender sender;
    private final Redaction redaction;
    private final boolean demo;
    private final boolean csv;
    private final RunControl control;
    private final Tally tally;
    private final Repeats repeats;

    Asker(
            Clock clock,
            Sender sender,
            Redaction redaction,
            boolean demo,
            boolean csv,
            Repeats repeats,
            RunControl control,
            Tally tally) {
        this.clock = clock;
        this.sender = sender;
        this.redaction = redaction;
        this.demo = demo;
        this.csv = csv;
        this.repeats = repeats;
        this.control = control;
        this.tally = tally;
    }

    /**
     * @return null when the run ended before a request went out
     * @throws StoppedException when the run is being stopped
     */
    Asked ask(Series series, Function function, Map<String, String> parameters) {
        AtomicInteger attempt = new AtomicInteger();
        RetryPolicy<Asked> policy = repeats.<Asked>policy()
                // Said of exceptions too: Failsafe repeats all that no condition speaks of, and each costs a request.
                // This one comes from the reservation alone: no request has gone out then.
                .handleIf((asked, trouble) -> trouble == null
                        ? asked != null && isWorthRepeating(asked, attempt.get())
                        : Contention.is(trouble))
                .build();
        try {
            return Failsafe.with(policy).get(() -> {
                attempt.incrementAndGet();
                return attempt(series, function, parameters);
            });
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new StoppedException();
            }
            throw e;
        }
    }

    private Asked attempt(Series series, Function function, Map<String, String> parameters)
            throws InterruptedException {
        Sender.Sent sent = sender.send(series, parameters, csv && function.csv());
        if (sent == null) {
            return null;
        }
        Answer answer = sent.answer();
        FetchOutcome outcome = told(answer.outcome(), sent.at());
        if (outcome instanceof FetchOutcome.Data data) {
            try (Body body = data.body()) {
                return isOfTheOtherKind(answer)
                        ? asked(answer, outcome, null)
                        : decode(series, function, answer, data, body);
            }
        }
        if (isOfTheOtherKind(answer)) {
            return asked(answer, outcome, null);
        }
        if (outcome instanceof FetchOutcome.Throttled throttled) {
            tally.throttled();
            noted(() -> sender.pause(throttled.pause()));
        } else if (outcome instanceof FetchOutcome.QuotaExhausted) {
            noted(() -> sender.closeDay(sent.at()));
        }
        return asked(answer, outcome, null);
    }

    /** A clock that is behind ours by a second must not cost the day that we see begin. */
    private FetchOutcome told(FetchOutcome outcome, Instant sentAt) {
        return outcome instanceof FetchOutcome.QuotaExhausted quota
                ? sender.tillDayIsSure(sentAt)
                        .<FetchOutcome>map(pause -> new FetchOutcome.Throttled(quota.text(), pause))
                        .orElse(outcome)
                : outcome;
    }

    /** The answer is there and paid for: it is not asked for again because somebody is in the way of what it says. */
    private static void noted(Runnable bookkeeping) {
        try {
            Contention.repeated(() -> {
                bookkeeping.run();
                return null;
            });
        } catch (DatabaseException e) {
            if (!Contention.is(e)) {
                throw e;
            }
            LOG.warnf("what the API said of the allowance is not known to other runs: %s", e.getMessage());
        }
    }

    private Asked decode(Series series, Function function, Answer answer, FetchOutcome.Data data, Body body) {
        Decoded decoded;
        try {
            decoded = decoders.decode(series, function, body.drain(), data.csv());
        } catch (DecodeException e) {
            Fault fault = e.isBound() ? Fault.OVERFULL : Fault.MALFORMED;
            return asked(answer, new FetchOutcome.Broken(fault, redaction.clean(e.getMessage())), null);
        }
        decoded = withoutKey(decoded);
        String echoed = decoded.echoedSymbol().orElse(series.symbol().text());
        if (!series.symbol().isEchoedBy(echoed)) {
            String text = "asked for " + series.symbol() + ", the answer is about " + echoed;
            return asked(answer, new FetchOutcome.Broken(Fault.WRONG_SYMBOL, text), null);
        }
        if (decoded.isEmpty()) {
            return asked(answer, new FetchOutcome.Empty("no rows"), null);
        }
        return asked(answer, data, decoded);
    }

    /** The API echoes the key in its notices, and a notice can stand beside rows. */
    private Decoded withoutKey(Decoded decoded) {
        return new Decoded(
                decoded.bars(),
                decoded.documents(),
                redaction.withoutKey(decoded.meta()),
                decoded.echoedSymbol().map(redaction::clean),
                decoded.rejects().stream()
                        .map(r -> new Reject(
                                r.reason(),
                                redaction.withoutKey(r.place()),
                                redaction.withoutKey(r.detail()),
                                redaction.withoutKey(r.payload())))
                        .toList());
    }

    private Asked asked(Answer answer, FetchOutcome outcome, Decoded decoded) {
        return new Asked(answer, outcome, decoded, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** A stand-in answers for a real warehouse, or a real API for a demo one: nothing of it may have an effect. */
    boolean isOfTheOtherKind(Answer answer) {
        return answer.reached() && answer.simulated() != demo && !(answer.outcome() instanceof FetchOutcome.Broken);
    }

    private boolean isWorthRepeating(Asked asked, int attempt) {
        FetchOutcome outcome = asked.outcome();
        if (control.ended() || isOfTheOtherKind(asked.answer())) {
            return false;
        }
        if (outcome instanceof FetchOutcome.Broken broken) {
            return broken.fault().retryable();
        }
        if (outcome instanceof FetchOutcome.Unknown) {
            return attempt < UNKNOWN_ATTEMPTS;
        }
        return outcome instanceof FetchOutcome.Throttled;
    }
}
