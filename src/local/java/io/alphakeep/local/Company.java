package io.alphakeep.local;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The words of an overview.
 *
 * @param name     of the company
 * @param exchange where it is listed
 * @param sector   in capitals, as the API writes it
 * @param industry in capitals
 */
record Company(String name, String exchange, String sector, String industry) {

    private static final List<String[]> SECTORS = List.of(
            new String[] {"TECHNOLOGY", "INFORMATION TECHNOLOGY SERVICES"},
            new String[] {"FINANCIAL SERVICES", "BANKS - DIVERSIFIED"},
            new String[] {"CONSUMER CYCLICAL", "INTERNET RETAIL"},
            new String[] {"CONSUMER DEFENSIVE", "BEVERAGES - NON-ALCOHOLIC"},
            new String[] {"COMMUNICATION SERVICES", "INTERNET CONTENT & INFORMATION"},
            new String[] {"ENERGY", "OIL & GAS INTEGRATED"},
            new String[] {"HEALTHCARE", "DRUG MANUFACTURERS - GENERAL"});

    private static final Map<String, Company> KNOWN = Map.of(
            "IBM", of("International Business Machines", "NYSE", 0),
            "AAPL", of("Apple Inc", "NASDAQ", 0),
            "MSFT", of("Microsoft Corporation", "NASDAQ", 0),
            "GOOGL", of("Alphabet Inc Class A", "NASDAQ", 4),
            "AMZN", of("Amazon.com Inc", "NASDAQ", 2),
            "NVDA", of("NVIDIA Corporation", "NASDAQ", 0),
            "JPM", of("JPMorgan Chase & Co", "NYSE", 1),
            "KO", of("The Coca-Cola Company", "NYSE", 3),
            "XOM", of("Exxon Mobil Corp", "NYSE", 5),
            "JNJ", of("Johnson & Johnson", "NYSE", 6));

    static boolean isKnown(String ticker) {
        return KNOWN.containsKey(ticker);
    }

    static Company of(Listing listing) {
        Company known = KNOWN.get(listing.ticker());
        if (known != null) {
            return known;
        }
        String name = listing.ticker().charAt(0) + listing.ticker().substring(1).toLowerCase(Locale.ROOT);
        boolean nasdaq = listing.ticker().length() > 3;
        return of(name + " Holdings Inc", nasdaq ? "NASDAQ" : "NYSE", (int)
                Noise.between(0, SECTORS.size(), listing.seed(), 0, 20));
    }

    private static Company of(String name, String exchange, int sector) {
        return new Company(name, exchange, SECTORS.get(sector)[0], SECTORS.get(sector)[1]);
    }
}
