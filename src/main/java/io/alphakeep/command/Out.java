package io.alphakeep.command;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command writes: the result alone to stdout, everything else to stderr.
 *
 * @param result   the result; coloured only on a terminal and without NO_COLOR
 * @param notes    everything else
 * @param ansi     colours of the result
 * @param progress stderr is a terminal: a progress line may be drawn and redrawn
 */
record Out(PrintStream result, PrintStream notes, Ansi ansi, boolean progress) {

    /** @param variables of the environment, by name; asked only where there is a terminal */
    static Out of(UnaryOperator<String> variables) {
        return new Out(
                // UTF-8 whatever the locale: JSON is, and a terminal without a locale still shows it.
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                isTerminal(1, variables) && isEmpty(variables.apply("NO_COLOR")) ? Ansi.ON : Ansi.OFF,
                isTerminal(2, variables));
    }

    private static boolean isEmpty(String variable) {
        return variable == null || variable.isEmpty();
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Prints text with picocli's mark-up ({@code @|bold …|@}) to the result. */
    void print(String markup) {
        result.println(ansi.string(markup));
    }

    void fail(String line) {
        notes.println("alphakeep: " + line);
    }

    /**
     * One that can do more than print. Java's own answer needs stdin and stdout to be terminals both, and differs
     * by version. Not by java.nio, which would be started for this before the shortest answer.
     */
    private static boolean isTerminal(int descriptor, UnaryOperator<String> variables) {
        String link = "/proc/self/fd/" + descriptor;
        try {
            String target = new File(link).getCanonicalPath();
            boolean terminal = target.equals(link)
                    ? System.console() != null
                    : target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            return terminal && !"dumb".equals(variables.apply("TERM"));
        } catch (IOException e) {
            return false;
        }
    }
}
