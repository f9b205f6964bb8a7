package io.alphakeep.decode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code symbol,open,high,low,price,volume,latestDay,previousClose,change,changePercent} and one line. */
final class QuoteCsv implements CsvBody.Records {

    private final CsvBody csv;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private String line = "";

    QuoteCsv(InputStream in) {
        this.csv = new CsvBody(in);
    }

    Decoded decode() {
        csv.read(this);
        if (!csv.header().contains("symbol")) {
            throw new DecodeException("a header with symbol was expected", 0, null);
        }
        try {
            return fields.isEmpty() ? Decoders.NOTHING : QuoteFields.decode(fields, "{}", line);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
    }

    @Override
    public void take(CsvRow row) {
        if (!fields.isEmpty()) {
            throw new DecodeException("a second quote", -1, null);
        }
        line = row.line();
        List<String> header = csv.header();
        for (int i = 0; i < header.size(); i++) {
            fields.put(header.get(i), row.field(i));
        }
    }

    @Override
    public void odd(String first, String shape, String text) {
        throw new DecodeException("a quote of " + shape, -1, null);
    }
}
