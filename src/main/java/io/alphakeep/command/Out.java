package io.alphakeep.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    static Out of(Map<String, String> environment) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        return new Out(
                // UTF-8 whatever the locale: JSON is, and a terminal without a locale still shows it.
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                isTerminal(1) && !plain ? Ansi.ON : Ansi.OFF,
                isTerminal(2) && !"dumb".equals(environment.get("TERM")));
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

    /** Java's own answer needs stdin and stdout to be terminals both, and differs by version. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            if (Files.isSymbolicLink(link)) {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            }
        } catch (IOException e) {
            return false;
        }
        return System.console() != null;
    }
}
