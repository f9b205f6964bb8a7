package io.alphakeep.config;

/** How this program is called, for lines that a user is to copy. */
public final class ProgramName {

    private ProgramName() {}

    /** {@code alphakeep} for the binary, {@code java -jar …} for a jar that was started so. */
    public static String text() {
        String command = System.getProperty("sun.java.command", "").split(" ", 2)[0];
        return command.endsWith(".jar") ? "java -jar " + command : "alphakeep";
    }
}
