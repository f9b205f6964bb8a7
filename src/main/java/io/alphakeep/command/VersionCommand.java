package io.alphakeep.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answered before settings are read and the framework starts. */
@Command(name = "version", description = "Print version, commit and schema.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        System.out.println(json ? Version.json() : Version.line());
        return 0;
    }
}
