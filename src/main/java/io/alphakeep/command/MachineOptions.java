package io.alphakeep.command;

import io.alphakeep.advise.seen.Machine;
import io.alphakeep.config.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What the database's server runs on, told on the command line. */
final class MachineOptions {

    private static final List<String> STORAGES = List.of("ssd", "hdd");
    private static final Pattern MEMORY = Pattern.compile("([1-9]\\d{0,11})([KMGT])(i?B)?", Pattern.CASE_INSENSITIVE);
    private static final long KIBIBYTE = 1024;
    private static final int MOST_CPUS = 4_096;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Memory of the database's server, as in 16GiB (GB means the same).")
    private String memory;

    @Option(names = "--cpus", paramLabel = "N", description = "Its processors.")
    private Integer cpus;

    @Option(names = "--storage", paramLabel = "KIND", description = "ssd or hdd: what its data lies on.")
    private String storage;

    /** @throws IllegalArgumentException what is wrong with it, in one line */
    void check() {
        if (storage != null && !STORAGES.contains(storage)) {
            throw new IllegalArgumentException(
                    "--storage: '" + storage + "' is not a kind of storage" + Nearest.orOneOf(storage, STORAGES));
        }
        if (cpus != null && (cpus < 1 || cpus > MOST_CPUS)) {
            throw new IllegalArgumentException("--cpus: " + cpus + " must be from 1 to " + MOST_CPUS);
        }
        if (memory != null) {
            bytes(memory);
        }
    }

    Machine machine() {
        return new Machine(
                memory == null ? OptionalLong.empty() : OptionalLong.of(bytes(memory)),
                cpus == null ? OptionalInt.empty() : OptionalInt.of(cpus),
                Optional.ofNullable(storage).map(text -> Machine.Storage.valueOf(text.toUpperCase(Locale.ROOT))),
                "--memory");
    }

    static long bytes(String text) {
        Matcher form = MEMORY.matcher(text);
        long unit = KIBIBYTE;
        if (form.matches()) {
            for (int i = "KMGT".indexOf(form.group(2).toUpperCase(Locale.ROOT)); i > 0; i--) {
                unit *= KIBIBYTE;
            }
            long number = Long.parseLong(form.group(1));
            if (number <= (1L << 53) / unit) {
                return number * unit;
            }
        }
        throw new IllegalArgumentException("--memory: '" + text + "' is not a size; write it as 16GiB or 512MiB");
    }
}
