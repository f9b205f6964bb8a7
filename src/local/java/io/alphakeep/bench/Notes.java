package io.alphakeep.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the bench says on stderr: lines, and on a terminal what it is doing at the moment. */
final class Notes {

    private static final String CLEAR = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private boolean drawn;

    Notes(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Notes onStderr() {
        return new Notes(System.err, isTerminal() && !"dumb".equals(System.getenv("TERM")));
    }

    synchronized void line(String text) {
        clear();
        out.println(text);
    }

    synchronized void progress(String text) {
        if (terminal) {
            out.print(CLEAR + text);
            out.flush();
            drawn = true;
        }
    }

    synchronized void clear() {
        if (drawn) {
            out.print(CLEAR);
            out.flush();
            drawn = false;
        }
    }

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
