package io.alphakeep.local;

import io.alphakeep.catalog.Shape;
import java.util.Optional;

/**
 * The API's own words when it gives no data, as recorded. All come with HTTP 200 and as JSON, also for CSV requests.
 */
final class Notice {

    private static final String THANKS = "Thank you for using Alpha Vantage! ";
    private static final String PLANS = "any of the premium plans at https://www.alphavantage.co/premium/ to ";
    private static final String SUPPORT =
            "Please contact support@alphavantage.co if you are targeting a higher API request volume.";

    private Notice() {}

    static Reply invalidCall(String function) {
        return error("Invalid API call. Please retry or visit the documentation"
                + " (https://www.alphavantage.co/documentation/) for " + function + ".");
    }

    static Reply noSuchFunction(String function) {
        return error("This API function (" + function + ") does not exist.");
    }

    static Reply keyRefused() {
        return error("the parameter apikey is invalid or missing. Please claim your free API key on"
                + " (https://www.alphavantage.co/support/#api-key). It should take less than 20 seconds.");
    }

    /** The answer about a symbol that nobody knows depends on the form that a known one would have. */
    static Reply unknownSymbol(Query query) {
        Optional<Shape> shape = query.shape();
        if (shape.isEmpty() || shape.get() == Shape.SERIES) {
            return invalidCall(query.function());
        }
        boolean quote = shape.get() == Shape.QUOTE && !query.wantsCsv();
        return quote
                ? Reply.json(new JsonText(64)
                        .object()
                        .object("Global Quote")
                        .end()
                        .end()
                        .text())
                : emptyObject();
    }

    static Reply emptyObject() {
        return Reply.json("{}");
    }

    /** Free keys read another text than paid ones. */
    static Reply burst(int requestsPerSecond) {
        if (requestsPerSecond <= 1) {
            return information(THANKS
                    + "Please consider spreading out your free API requests more sparingly (1 request per second). You"
                    + " may subscribe to " + PLANS
                    + "lift the free key rate limit (25 requests per day), raise the per-second"
                    + " burst limit, and instantly unlock all premium endpoints");
        }
        return information(
                "Burst pattern detected. Please consider spreading out your API requests more evenly across a"
                        + " 1-minute window and query no more than " + requestsPerSecond + " requests per second. "
                        + SUPPORT);
    }

    static Reply minute() {
        return information("Minute-level rate limit exceed. Please stay under the number of API requests per minute for"
                + " your premium subscription plan. " + SUPPORT);
    }

    /** Echoes the key, as the API does: clients must keep it out of their logs. */
    static Reply day(String key, int requestsPerDay) {
        return information("We have detected your API key as " + key + " and our standard API rate limit is "
                + requestsPerDay + " requests per day. Please subscribe to " + PLANS
                + "instantly remove all daily rate limits.");
    }

    static Reply premiumEndpoint() {
        return information(THANKS + "This is a premium endpoint. You may subscribe to " + PLANS
                + "instantly unlock all premium endpoints");
    }

    static Reply premiumOutputSize(String function) {
        return information(THANKS + "The outputsize=full parameter value is a premium feature for the " + function
                + " endpoint. You may subscribe to " + PLANS + "instantly unlock all premium features");
    }

    private static Reply error(String text) {
        return Reply.json(
                new JsonText(512).object().field("Error Message", text).end().text());
    }

    private static Reply information(String text) {
        return Reply.json(
                new JsonText(512).object().field("Information", text).end().text());
    }
}
