package io.alphakeep.advise;

import java.util.Locale;

/** How much a finding matters, from little to much. */
public enum Severity {
    /** Something could be better. */
    INFO,
    /** It costs time or space now, or will soon. */
    WARN,
    /** Data is in danger, or the server will stop. */
    CRITICAL;

    /** As it is written on the command line and in JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
