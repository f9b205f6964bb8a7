package io.alphakeep.command;

import io.alphakeep.market.Series;
import io.alphakeep.market.Symbol;
import io.alphakeep.run.RequestForms;
import io.alphakeep.run.RunRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What to ask: the options that ingest and plan share. */
final class SelectionOptions {

    @Option(
            names = "--only",
            arity = "1..*",
            paramLabel = "SYMBOL",
            converter = SymbolConverter.class,
            description = "Only these tickers; with --function also ones that are not on the watchlist.")
    private List<Symbol> only = new ArrayList<>();

    @Option(
            names = "--function",
            arity = "1..*",
            paramLabel = "F[:interval]",
            converter = FunctionConverter.class,
            description = "Only these functions, as in TIME_SERIES_INTRADAY:5min.")
    private List<String> functions = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "The oldest date wanted, as in 2020-01-01.",
            converter = DateConverter.class)
    private LocalDate since;

    @Option(names = "--refresh", description = "Ask also what is not due, and in full.")
    private boolean refresh;

    @Option(names = "--max-requests", paramLabel = "N", description = "The most requests to plan.")
    private Integer maxRequests;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "End the run after this time, as in 90s, 10m or 2h; what is left is asked next time.")
    private Duration timeout;

    @Spec
    private CommandSpec spec;

    RunRequest request(boolean exclusive) {
        if (maxRequests != null && maxRequests < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--max-requests must be " + RequestForms.MAX_REQUESTS + ", it is " + maxRequests);
        }
        return new RunRequest(
                RunRequest.COMMAND,
                List.copyOf(only),
                List.copyOf(functions),
                Optional.ofNullable(since),
                maxRequests == null ? OptionalInt.empty() : OptionalInt.of(maxRequests),
                refresh,
                Optional.ofNullable(timeout),
                exclusive);
    }

    static final class SymbolConverter implements ITypeConverter<Symbol> {
        @Override
        public Symbol convert(String value) {
            try {
                return RequestForms.symbol(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** To the form that {@link Series#functionText} has; an intraday function may stand without its interval. */
    static final class FunctionConverter implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            try {
                return RequestForms.function(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class DateConverter implements ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(String value) {
            try {
                return RequestForms.date(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            try {
                return RequestForms.duration(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
