package io.alphakeep.decode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code symbol,open,high,low,price,volume,latestDay,previousClose,change,changePercent} and one line. */
final class QuoteCsv {

    private final CsvBody csv;

    QuoteCsv(byte[] body) {
        this.csv = new CsvBody(body);
    }

    Decoded decode() {
        Map<String, String> fields = new LinkedHashMap<>();
        StringBuilder line = new StringBuilder();
        csv.read(
                record -> {
                    if (!fields.isEmpty()) {
                        throw new DecodeException("a second quote in line " + record.getStartingLineNumber(), -1, null);
                    }
                    line.append(CsvBody.line(record));
                    List<String> header = csv.header();
                    for (int i = 0; i < header.size(); i++) {
                        fields.put(header.get(i), record.getField(i));
                    }
                },
                record -> {
                    throw new DecodeException("a quote of " + record.getFieldCount() + " fields", -1, null);
                });
        if (!csv.header().contains("symbol")) {
            throw new DecodeException("a header with symbol was expected", 0, null);
        }
        try {
            return fields.isEmpty() ? Decoders.NOTHING : QuoteFields.decode(fields, "{}", line.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
    }
}
