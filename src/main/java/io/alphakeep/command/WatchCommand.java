package io.alphakeep.command;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.config.Failure;
import io.alphakeep.market.Series;
import io.alphakeep.market.Symbol;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import io.alphakeep.run.Engine;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The watchlist: what is kept up to date. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Say what to keep up to date.",
        subcommands = {
            WatchCommand.Add.class,
            WatchCommand.Remove.class,
            WatchCommand.ListEntries.class,
            WatchCommand.Retry.class,
            WatchCommand.Import.class
        })
final class WatchCommand {

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Keep these tickers by these functions.")
    static final class Add implements Verb {

        @Parameters(arity = "1..*", paramLabel = "SYMBOL", converter = SelectionOptions.SymbolConverter.class)
        private List<Symbol> symbols;

        @Option(
                names = "--function",
                required = true,
                paramLabel = "F[:interval]",
                description = "May be given several times.",
                converter = SeriesFunctionConverter.class)
        private List<String> functions;

        @Option(
                names = "--from",
                paramLabel = "DATE",
                description = "The oldest date wanted.",
                converter = SelectionOptions.DateConverter.class)
        private LocalDate from;

        @Option(
                names = "--priority",
                paramLabel = "N",
                defaultValue = "0",
                description = "-100 to 100; higher is asked first when the allowance is short.",
                converter = PriorityConverter.class)
        private int priority;

        @Option(
                names = "--every",
                paramLabel = "DURATION",
                description = "Ask again after this time, as in 1h or 1d.",
                converter = SelectionOptions.DurationConverter.class)
        private Duration every;

        @Override
        public int run(Engine engine, Out out) {
            engine.schema().requireCurrent();
            List<WatchEntry> entries = new ArrayList<>();
            for (Series series : cross(symbols, functions)) {
                entries.add(new WatchEntry(series, Optional.ofNullable(from), priority, Optional.ofNullable(every)));
            }
            out.print(changed(engine.watchList().add(entries), entries.size()));
            return 0;
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Keep these no longer; what is stored stays.")
    static final class Remove implements Verb {

        @Parameters(arity = "1..*", paramLabel = "SYMBOL", converter = SelectionOptions.SymbolConverter.class)
        private List<Symbol> symbols;

        @Option(
                names = "--function",
                paramLabel = "F[:interval]",
                description = "Only these; without it all of the ticker.",
                converter = SelectionOptions.FunctionConverter.class)
        private List<String> functions = List.of();

        @Override
        public int run(Engine engine, Out out) {
            engine.schema().requireCurrent();
            List<Series> chosen = engine.watchList().list().stream()
                    .map(WatchEntry::series)
                    .filter(s -> symbols.contains(s.symbol()))
                    .filter(s -> functions.isEmpty()
                            || functions.contains(s.functionText())
                            || functions.contains(s.function()))
                    .toList();
            out.print("removed " + engine.watchList().remove(chosen) + " of the watchlist; the stored rows stay");
            return 0;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Show the watchlist.")
    static final class ListEntries implements Verb {

        @Option(names = "--parked", description = "Only what is no longer asked, and why.")
        private boolean parked;

        @Override
        public int run(Engine engine, Out out) {
            engine.schema().requireCurrent();
            List<WatchEntry> entries = engine.watchList().list();
            Map<Series, Watermark> marks = engine.watermarks()
                    .load(entries.stream().map(WatchEntry::series).toList());
            Table table =
                    new Table("ticker", "function", "from", "#priority", "every", "last bar", "last answer", "parked");
            for (WatchEntry entry : entries) {
                Watermark mark = marks.getOrDefault(entry.series(), Watermark.none(entry.series()));
                if (parked && mark.parkedReason() == null) {
                    continue;
                }
                table.row(
                        entry.series().symbol(),
                        entry.series().functionText(),
                        entry.from().map(Object::toString).orElse(""),
                        entry.priority(),
                        entry.every().map(Durations::text).orElse(""),
                        Times.text(mark.lastTimestamp()),
                        Times.text(mark.lastAnswerAt()),
                        mark.parkedReason() == null ? "" : mark.parkedReason());
            }
            out.print(
                    table.isEmpty()
                            ? (parked
                                    ? "nothing is parked"
                                    : "the watchlist is empty; fill it with: alphakeep watch add IBM --function TIME_SERIES_DAILY")
                            : table.text(out.ansi()));
            return 0;
        }
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = "Ask parked series again, and in full what was refused in full: after a change of plan.")
    static final class Retry implements Verb {

        @Parameters(
                arity = "0..*",
                paramLabel = "SYMBOL",
                description = "Only these; without it all.",
                converter = SelectionOptions.SymbolConverter.class)
        private List<Symbol> symbols = List.of();

        @Override
        public int run(Engine engine, Out out) {
            engine.schema().requireCurrent();
            List<Series> chosen = engine.watermarks().all().keySet().stream()
                    .filter(s -> symbols.isEmpty() || symbols.contains(s.symbol()))
                    .toList();
            out.print(engine.parking().unpark(chosen)
                    + " series that were parked or refused in full will be asked again");
            return 0;
        }
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Add the lines of a CSV file: ticker,function[,options as k=v;…: from, priority, every], with that header.")
    static final class Import implements Verb {

        @Parameters(paramLabel = "FILE")
        private Path file;

        @Override
        public int run(Engine engine, Out out) {
            engine.schema().requireCurrent();
            List<WatchEntry> entries;
            try (Reader reader = Files.newBufferedReader(file)) {
                entries = WatchCsv.read(reader, file.toString());
            } catch (IOException e) {
                throw new Failure(
                        Failure.Kind.USAGE,
                        file + " can't be read (" + e.getClass().getSimpleName() + ")",
                        "check the path",
                        e);
            }
            out.print(changed(engine.watchList().add(entries), entries.size()));
            return 0;
        }
    }

    private static List<Series> cross(List<Symbol> symbols, List<String> functions) {
        List<Series> all = new ArrayList<>();
        for (Symbol symbol : symbols) {
            for (String function : functions) {
                all.add(Catalog.series(symbol.text(), function));
            }
        }
        return all;
    }

    private static String changed(int changed, int given) {
        return changed + " new or changed on the watchlist, " + (given - changed) + " as they were";
    }

    static final class SeriesFunctionConverter implements picocli.CommandLine.ITypeConverter<String> {
        @Override
        public String convert(String value) {
            try {
                return Catalog.series("X", value).functionText();
            } catch (IllegalArgumentException e) {
                throw new picocli.CommandLine.TypeConversionException(e.getMessage());
            }
        }
    }

    static final class PriorityConverter implements picocli.CommandLine.ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                int priority = Integer.parseInt(value);
                if (priority >= -100 && priority <= 100) {
                    return priority;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new picocli.CommandLine.TypeConversionException(
                    "'" + value + "' must be a whole number from -100 to 100");
        }
    }
}
