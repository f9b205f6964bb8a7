package io.alphakeep.command;

import picocli.CommandLine.Command;

/** The command without a verb; Cli adds those. */
@Command(
        name = "alphakeep",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Keeps an Alpha Vantage warehouse in PostgreSQL complete, correct, fast and tidy.",
        footer = {
            "",
            "Exit codes: 0 done, 1 unexpected, 2 usage, 3 partial, 69 source or database unavailable,",
            "75 nothing could be asked now, 78 configuration, 143 stopped by a signal.",
            "Settings are environment variables (ALPHAKEEP_…); the README lists them."
        })
final class Alphakeep {}
