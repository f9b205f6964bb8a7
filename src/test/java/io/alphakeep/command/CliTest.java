package io.alphakeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

class CliTest {

    private final ByteArrayOutputStream result = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    /** A verb as only one build has it. */
    @Command(name = "extra")
    private static final class Extra {
        @Option(names = "--flag")
        private boolean flag;
    }

    private final Out out = out(Ansi.OFF);

    private Out out(Ansi ansi) {
        return new Out(
                new PrintStream(result, true, StandardCharsets.UTF_8),
                new PrintStream(notes, true, StandardCharsets.UTF_8),
                ansi,
                false);
    }

    private Cli.Parsed parse(String line) {
        return parse(line, () -> List.of(new Extra()));
    }

    private Cli.Parsed parse(String line, Supplier<List<Object>> localVerbs) {
        return Cli.forLine(words(line), localVerbs).parse(words(line), out);
    }

    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ingst | unknown verb 'ingst', did you mean ingest? There are: ingest, plan",
                "frobnicate | unknown verb 'frobnicate'; there are: ingest, plan",
                "watch xyzzy | unknown verb 'xyzzy'; there are: add",
                "ingest --frob | unknown flag '--frob'; there are: --only, ",
                "ingest --refesh | unknown flag '--refesh', did you mean --refresh?",
                "ingest IBM | 'IBM' is one word too many",
                "ingest --only I$M | --only: 'I$M' is not a ticker",
                "ingest --function TIME_SERIES_DALY | --function: 'TIME_SERIES_DALY' is not a known function; known: BALANCE_SHEET",
                "ingest --function TIME_SERIES_INTRADAY:7min | there is 1min, 5min",
                "ingest --since 2020-13-01 | --since: '2020-13-01' is not a date",
                "ingest --timeout 5 | --timeout: '5' is not a duration",
                "ingest --max-requests x | --max-requests",
                "watch | watch: a verb is missing; there are: add, remove",
                "watch ad | unknown verb 'ad', did you mean add?",
                "watch add IBM | --function",
                "watch add IBM --function TIME_SERIES_INTRADAY | needs an interval",
                "watch add IBM --function TIME_SERIES_DAILY --priority 101 | '101' must be a whole number from -100 to 100",
                "policy st | unknown verb 'st', did you mean set?",
                "policy set | NAME=VALUE",
                "policy set archive.mode | 'archive.mode' must be NAME=VALUE",
                "policy set archive.mod=off | there is no policy 'archive.mod', did you mean archive.mode?",
                "policy set archive.mode=off archive.after-months=0 | set: archive.after-months is '0', and it must be",
                "policy set archive.mode=off archive.mode=off | archive.mode is given twice",
                "policy reset warehouse | there is no policy 'warehouse'",
                "maintain idexes | maintain: 'idexes' is not a part of maintenance, did you mean indexes? There are: partitions",
                "doctor --fail-on warning | doctor: 'warning' is not a level to fail on, did you mean warn? There are: warn, fail, never",
                "advise --fail-on warning | advise: 'warning' is not a severity to fail on, did you mean warn? There are: info, warn, critical, never",
                "advise --sql --json | advise: --sql and --json exclude each other",
                "advise --memory 16 | advise: --memory: '16' is not a size; write it as 16GiB",
                "advise --cpus 0 | advise: --cpus: 0 must be from 1",
                "advise --storage sssd | 'sssd' is not a kind of storage, did you mean ssd?",
                "maintain --timeout 5 | --timeout: '5' is not a duration",
                "\"\" | a verb is missing; there are: ingest"
            })
    void aUsageErrorIsOneLineThatNamesItAndListsWhatThereIs(String line, String expected) {
        assertThat(parse(line)).isEqualTo(new Cli.Parsed.Answered(2));
        String text = notes.toString(StandardCharsets.UTF_8);
        assertThat(text).startsWith("alphakeep: ").contains(expected.strip());
        assertThat(text.lines()).hasSize(1);
        assertThat(result.size()).isZero();
    }

    /** As the native binary has it: all that is read while it is built. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "ingest --help",
                "watch add --help",
                "--version",
                "",
                "ingst",
                "ingest --refesh",
                "watch ad",
                "watch add IBM --function TIME_SERIES_DAILY --priority 101",
                "ingest --max-requests x"
            })
    void whatReadsAllVerbsAnswersTheSame(String line) {
        Cli.Parsed parsed = parse(line, List::of);
        String told = result.toString(StandardCharsets.UTF_8) + notes.toString(StandardCharsets.UTF_8);
        assertThat(told).isNotEmpty();
        result.reset();
        notes.reset();
        assertThat(Cli.forAll().parse(words(line), out)).isEqualTo(parsed);
        assertThat(result.toString(StandardCharsets.UTF_8) + notes.toString(StandardCharsets.UTF_8))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "--help,Keeps an Alpha Vantage warehouse",
        "ingest --help,--refresh",
        "watch add --help,--priority",
        "--version,alphakeep "
    })
    void helpAndVersionGoToStdout(String line, String expected) {
        assertThat(parse(line)).isEqualTo(new Cli.Parsed.Answered(0));
        assertThat(result.toString(StandardCharsets.UTF_8)).contains(expected);
        assertThat(notes.size()).isZero();
    }

    @Test
    void whatReadsAllVerbsHasItsHelpInColourToo() {
        Cli.forLine(words("--help"), List::of).parse(words("--help"), out(Ansi.ON));
        String coloured = result.toString(StandardCharsets.UTF_8);
        assertThat(coloured).contains("\u001b[");
        result.reset();
        Cli.forAll().parse(words("--help"), out(Ansi.ON));
        assertThat(result.toString(StandardCharsets.UTF_8)).isEqualTo(coloured);
    }

    /** Verbs that the line does not name are only listed; one that it does is read. */
    @Test
    void helpListsAllVerbsWhateverElseTheLineNames() {
        assertThat(parse("--help")).isEqualTo(new Cli.Parsed.Answered(0));
        String help = result.toString(StandardCharsets.UTF_8);
        assertThat(help)
                .contains(
                        "Ask what is due, write it",
                        "Say what to keep up to date.",
                        "Print version, commit and schema.");
        result.reset();
        assertThat(parse("--help ingest --json")).isEqualTo(new Cli.Parsed.Answered(0));
        assertThat(result.toString(StandardCharsets.UTF_8)).isEqualTo(help);
        assertThat(notes.size()).isZero();
    }

    @Test
    void aVerbOfThisBuildAloneIsReadWhereItIsNamed() {
        assertThat(parse("extra --flag"))
                .isInstanceOfSatisfying(
                        Cli.Parsed.Command.class, c -> assertThat(c.command()).isInstanceOf(Extra.class));
    }

    @Test
    void aGoodLineIsACommand() {
        assertThat(parse("policy --json"))
                .isInstanceOfSatisfying(
                        Cli.Parsed.Command.class, c -> assertThat(c.command()).isInstanceOf(PolicyCommand.class));
        assertThat(parse("ingest --only ibm MSFT --function time_series_daily --json"))
                .isInstanceOfSatisfying(
                        Cli.Parsed.Command.class, c -> assertThat(c.command()).isInstanceOf(IngestCommand.class));
    }
}
