package io.alphakeep.command;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.alphakeep.catalog.Catalog;
import io.alphakeep.config.Failure;
import io.alphakeep.market.WatchEntry;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A watchlist as a file: {@code ticker,function[,options]} with a header line; options as {@code from=2020-01-01;priority=5;every=1d}. */
final class WatchCsv {

    private static final int MOST_LINES = 1_000_000;

    private WatchCsv() {}

    /** @throws Failure 2 that names the place, the line and what is wrong; nothing is taken from such a file */
    static List<WatchEntry> read(Reader text, String place) {
        List<WatchEntry> entries = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(text)) {
            for (CsvRecord line : csv) {
                if (line.getStartingLineNumber() == 1) {
                    checkHeader(line, place);
                } else {
                    entries.add(entry(line, place));
                }
                if (entries.size() > MOST_LINES) {
                    throw bad(place, line.getStartingLineNumber(), "more than " + MOST_LINES + " lines");
                }
            }
        } catch (IOException | CsvParseException e) {
            throw new Failure(
                    Failure.Kind.USAGE, place + " can't be read: " + e.getMessage(), "give it as CSV in UTF-8", e);
        }
        return entries;
    }

    private static void checkHeader(CsvRecord line, String place) {
        List<String> fields = line.getFields();
        boolean fine = fields.size() >= 2
                && fields.size() <= 3
                && fields.get(0).strip().equalsIgnoreCase("ticker")
                && fields.get(1).strip().equalsIgnoreCase("function")
                && (fields.size() == 2 || fields.get(2).strip().equalsIgnoreCase("options"));
        if (!fine) {
            throw bad(place, 1, "the header line is missing; it must be: ticker,function,options");
        }
    }

    private static WatchEntry entry(CsvRecord line, String place) {
        long number = line.getStartingLineNumber();
        if (line.getFieldCount() < 2 || line.getFieldCount() > 3) {
            throw bad(place, number, "it must have two or three fields, it has " + line.getFieldCount());
        }
        Optional<LocalDate> from = Optional.empty();
        Optional<Duration> every = Optional.empty();
        int priority = 0;
        try {
            for (String option :
                    line.getFieldCount() < 3 ? new String[0] : line.getField(2).split(";")) {
                if (option.isBlank()) {
                    continue;
                }
                String[] pair = option.strip().split("=", 2);
                String value = pair.length > 1 ? pair[1].strip() : "";
                switch (pair[0].strip()) {
                    case "from" -> from = Optional.of(LocalDate.parse(value));
                    case "every" -> every = Optional.of(Durations.parse(value));
                    case "priority" -> priority = priority(value);
                    default ->
                        throw new IllegalArgumentException(
                                "unknown option '" + pair[0] + "'; there are: from, priority, every");
                }
            }
            return new WatchEntry(Catalog.series(line.getField(0), line.getField(1)), from, priority, every);
        } catch (RuntimeException e) {
            throw bad(place, number, e.getMessage());
        }
    }

    private static int priority(String value) {
        try {
            int priority = Integer.parseInt(value);
            if (priority >= -100 && priority <= 100) {
                return priority;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("priority '" + value + "' must be a whole number from -100 to 100");
    }

    private static Failure bad(String place, long line, String why) {
        return new Failure(
                Failure.Kind.USAGE,
                place + ", line " + line + ": " + why,
                "nothing was imported; correct it and import again");
    }
}
