package io.alphakeep.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads once what a folder of recorded bodies holds: {@code FUNCTION/FILE.json|csv}, beside them {@code INDEX.tsv}
 * whose notes give a file's url and date. JSON bodies say themselves whose they are; a CSV body does not, and is known
 * by its url, or by its name ({@code intraday_5min_IBM.csv}). A name that ends in a date is an older version of the
 * file without it. A file that nothing can be told of is left out.
 */
final class RecordedIndex {

    private static final int FILES_AT_MOST = 5_000;
    private static final long BYTES_AT_MOST = 64L << 20;
    private static final int HEAD_BYTES = 8 << 10;

    private static final Pattern SYMBOL =
            Pattern.compile("\"(?:2\\. Symbol|1: Symbol|01\\. symbol|symbol|Symbol)\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern INTERVAL = Pattern.compile("\"4[.:] Interval\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern REFRESHED = Pattern.compile("\"(?:3[.:] Last Refreshed|07\\. latest trading day"
            + "|LatestQuarter|fiscalDateEnding)\"\\s*:\\s*\"(\\d{4}-\\d{2}-\\d{2})");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern URL = Pattern.compile("url \\S+\\?(\\S+)");
    private static final Pattern VERSION = Pattern.compile("_\\d{4}-\\d{2}-\\d{2}(?=\\.)");
    private static final Pattern NAMED_SYMBOL = Pattern.compile("_([A-Z]{1,5})\\.csv$");
    private static final Pattern NAMED_INTERVAL = Pattern.compile("_(\\d+min)_");

    private final Path folder;
    private final Map<String, String> notes = new HashMap<>();

    RecordedIndex(Path folder) {
        this.folder = folder;
    }

    /** @throws IllegalArgumentException when the folder is none */
    List<RecordedBody> read() {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is not a folder of recorded bodies");
        }
        try {
            readNotes(folder.resolve("INDEX.tsv"));
            try (Stream<Path> files = Files.walk(folder, 2)) {
                return files.filter(file -> folder.relativize(file).getNameCount() == 2)
                        .filter(Files::isRegularFile)
                        .sorted()
                        .limit(FILES_AT_MOST)
                        .flatMap(file -> body(file).stream())
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recorded bodies in " + folder, e);
        }
    }

    private void readNotes(Path index) throws IOException {
        if (Files.isRegularFile(index) && Files.size(index) <= BYTES_AT_MOST) {
            for (String line : Files.readAllLines(index, StandardCharsets.UTF_8)) {
                String[] cells = line.split("\t");
                notes.put(cells[0], cells[cells.length - 1]);
            }
        }
    }

    private Optional<RecordedBody> body(Path file) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        boolean csv = name.endsWith(".csv");
        if (!csv && !name.endsWith(".json")) {
            return Optional.empty();
        }
        String head = head(file);
        String current = VERSION.matcher(name).replaceFirst("");
        Query asked = Query.parse(first(URL, notes.getOrDefault(current, "")).orElse(""));
        Optional<String> symbol = csv
                ? given(asked.symbol()).or(() -> quoted(head)).or(() -> first(NAMED_SYMBOL, current))
                : first(SYMBOL, head);
        Optional<String> interval =
                csv ? given(asked.get("interval")).or(() -> first(NAMED_INTERVAL, current)) : first(INTERVAL, head);
        Optional<LocalDate> date = (csv ? first(DATE, head) : first(REFRESHED, head)).flatMap(RecordedIndex::date);
        if (symbol.isEmpty() || date.isEmpty() || bytes(file) > BYTES_AT_MOST) {
            return Optional.empty();
        }
        String note = notes.getOrDefault(name, name);
        return Optional.of(new RecordedBody(
                file,
                name.substring(0, name.indexOf('/')),
                symbol.get().toUpperCase(Locale.ROOT),
                interval.orElse(""),
                csv,
                date.get(),
                first(DATE, note).flatMap(RecordedIndex::date).orElse(LocalDate.MIN),
                bytes(file)));
    }

    /** The ticker of a GLOBAL_QUOTE, the only CSV that has it. */
    private static Optional<String> quoted(String head) {
        int line = head.indexOf('\n') + 1;
        int comma = head.indexOf(',', line);
        return head.startsWith("symbol,") && comma > 0 ? Optional.of(head.substring(line, comma)) : Optional.empty();
    }

    /** Samples hold dates like 2099-99-99. */
    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The first match: its group where the pattern has one. */
    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(matcher.groupCount())) : Optional.empty();
    }

    private static String head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static long bytes(Path file) {
        return file.toFile().length();
    }
}
