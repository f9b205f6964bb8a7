package io.alphakeep;

import io.alphakeep.command.Program;
import io.quarkus.runtime.annotations.QuarkusMain;

/** argv → command → exit code. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Program.run(args));
    }
}
