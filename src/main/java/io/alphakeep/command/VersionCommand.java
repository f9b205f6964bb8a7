package io.alphakeep.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answered before the framework starts. */
@Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        String runtime = System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
        System.out.println(
                json
                        ? "{\"version\":\"" + Version.text() + "\",\"runtime\":\"" + runtime + "\"}"
                        : "alphakeep " + Version.text());
        return 0;
    }
}
