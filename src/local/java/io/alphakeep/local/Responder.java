package io.alphakeep.local;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Query → reply: the key, the allowance, the faults, and then the data. */
final class Responder {

    /** Numbers the quota fault's text names when no limit per day is set: what a free key has. */
    private static final int FREE_REQUESTS_PER_DAY = 25;

    private static final int FREE_REQUESTS_PER_SECOND = 1;

    private static final String HEROKU_PAGE = """
            <!DOCTYPE html>
            <html>
              <head>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta charset="utf-8">
                <title>Application Error</title>
              </head>
              <body>
                <iframe src="//www.herokucdn.com/error-pages/application-error.html"></iframe>
              </body>
            </html>""";

    private static final String ARTIFICIAL =
            "This is a premium endpoint. ***THE SAMPLE DATA SCHEMA BELOW IS ARTIFICIAL AND FOR"
                    + " ILLUSTRATION PURPOSES ONLY***. To access the actual data, please subscribe to either the 600 requests"
                    + " per minute or the 1200 requests per minute premium plan at https://www.alphavantage.co/premium/";

    private final StandInOptions options;
    private final Source source;
    private final Source simulated;
    private final Limits limits;
    private final FaultPlan faults;
    private final AtomicLong numbers = new AtomicLong();

    Responder(StandInOptions options, Source source, Source simulated) {
        this.options = options;
        this.source = source;
        this.simulated = simulated;
        this.limits = new Limits(options);
        this.faults = new FaultPlan(options.faults(), options.seed());
    }

    Reply answer(Query query) {
        // Numbered before anything else, so that a refused request moves the faults on as well.
        long number = numbers.incrementAndGet();
        String key = query.get("apikey");
        if (key.isBlank()) {
            return Notice.keyRefused();
        }
        Optional<Reply> refusal = limits.spend(key);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Fault> fault = faults.at(number);
        return fault.isPresent() ? faulty(fault.get(), query) : plain(query);
    }

    private Reply plain(Query query) {
        if (!source.offers(query.function())) {
            return Notice.noSuchFunction(query.function());
        }
        return source.find(query).orElseGet(() -> source.nothing(query));
    }

    private Reply faulty(Fault fault, Query query) {
        return switch (fault) {
            case THROTTLE -> Notice.burst(orElse(options.requestsPerSecond(), FREE_REQUESTS_PER_SECOND));
            case QUOTA -> Notice.day(query.get("apikey"), orElse(options.requestsPerDay(), FREE_REQUESTS_PER_DAY));
            case PREMIUM -> Notice.premiumEndpoint();
            case PREMIUM_FULL -> query.isFull() ? Notice.premiumOutputSize(query.function()) : plain(query);
            case UNKNOWN_SYMBOL -> source.nothing(query);
            case ARTIFICIAL_SAMPLE -> artificial(query);
            case EMPTY -> Reply.json("");
            case EMPTY_OBJECT -> Notice.emptyObject();
            case HTML -> Reply.of(503, "text/html; charset=utf-8", HEROKU_PAGE);
            case HTTP_503 -> Reply.of(503, "text/plain", "");
            case KEY_REFUSED -> Notice.keyRefused();
            case TRUNCATED -> plain(query).delivered(Reply.Delivery.TRUNCATED);
            case SLOW -> plain(query).delivered(Reply.Delivery.DRIPPED);
            case WRONG_SYMBOL -> wrongSymbol(query);
        };
    }

    /** Believable figures of the very ticker: a client that overlooks the message would store them. */
    private Reply artificial(Query query) {
        // Samples are JSON even for a CSV request.
        Map<String, String> parameters = new HashMap<>(query.parameters());
        parameters.remove("datatype");
        Query asJson = new Query(Map.copyOf(parameters));
        return simulated
                .find(asJson)
                .or(() -> simulated.find(asJson.withSymbol("IBM")))
                .map(reply -> reply.withFirstField("message", ARTIFICIAL))
                .orElseGet(() -> plain(query));
    }

    private Reply wrongSymbol(Query query) {
        Query other = query.withSymbol(query.symbol().equals("MSFT") ? "IBM" : "MSFT");
        return source.find(other).or(() -> simulated.find(other)).orElseGet(() -> plain(query));
    }

    private static int orElse(int limit, int otherwise) {
        return limit > 0 ? limit : otherwise;
    }
}
