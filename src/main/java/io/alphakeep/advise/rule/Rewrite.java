package io.alphakeep.advise.rule;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A form of query that reads more than it needs, and a better one.
 *
 * @param form   as it stands in the text
 * @param advice what to write instead
 */
record Rewrite(Pattern form, String advice) {

    /** The most specific first. */
    static final List<Rewrite> KNOWN = List.of(
            new Rewrite(
                    form(
                            "\"?timestamp\"?\\s*::\\s*date|date_trunc\\s*\\([^)]*timestamp|cast\\s*\\(\\s*\"?timestamp\"?\\s+as\\s+date"),
                    "compare \"timestamp\" itself with a range, \"timestamp\" >= $1 AND \"timestamp\" < $2: a function of it"
                            + " leaves no partition out and uses no index"),
            new Rewrite(
                    form("(upper|lower)\\s*\\(\\s*\\w*\\.?ticker"),
                    "compare ticker itself: it is stored in upper case, and the key begins with it"),
            new Rewrite(
                    form("financial_data\\s*->>?\\s*('[^']*'|\\$\\d+)"),
                    "use the generated columns (market_cap, pe_ratio, dividend_yield, eps, beta) with data_type ="
                            + " 'overview': each has a covering index"),
            new Rewrite(
                    form("api_function"),
                    "name the series by endpoint instead of api_function: the key (ticker, endpoint, \"timestamp\") serves"
                            + " that at every age"),
            new Rewrite(
                    form("alpha_market_data(?!.*timestamp\"?\\s*(>|<|=|between))"),
                    "bound \"timestamp\" by a value: without it every partition is looked at"));

    private static Pattern form(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
