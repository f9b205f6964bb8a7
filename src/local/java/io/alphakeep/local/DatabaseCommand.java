package io.alphakeep.local;

import io.alphakeep.config.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Keeps the embedded server up until Ctrl-C, so that psql and others can look at the data. */
@Command(
        name = "database",
        mixinStandardHelpOptions = true,
        description = "Keep the local PostgreSQL up until Ctrl-C (default build only).")
final class DatabaseCommand implements Callable<Integer> {

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = Settings.of(System.getenv(), System.getProperties(), Path.of(""));
        LocalServer server = LocalServer.join(settings.home());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "local-server"));
        server.ensureDatabase(LocalDefault.DEMO_DATABASE);
        System.out.println("psql postgres://postgres@127.0.0.1:" + server.port() + "/" + LocalDefault.DEMO_DATABASE);
        System.out.println("up until Ctrl-C; data in " + settings.home());
        new CountDownLatch(1).await();
        return 0;
    }
}
