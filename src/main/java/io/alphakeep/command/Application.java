package io.alphakeep.command;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.LocalPart;
import io.alphakeep.config.Setting;
import io.alphakeep.run.Engine;
import io.alphakeep.run.Place;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Runs the command inside the framework, and lets it come to a clean end when a signal comes. */
@ApplicationScoped
class Application implements QuarkusApplication {

    private final Engine engine;

    @Inject
    Application(Engine engine) {
        this.engine = engine;
    }

    @Override
    public int run(String... args) {
        Launch launch = Launch.current;
        DatabaseUrl database = DatabaseUrl.parse(launch.settings().value(Setting.DATABASE_URL));
        try {
            engine.place(place(launch, database));
            engine.version(Version.text());
            launch.local().ifPresent(this::prepareLocal);
            return launch.verb().run(engine, launch.out());
        } catch (RuntimeException e) {
            return Program.report(e, database, launch.out());
        } finally {
            launch.ended();
        }
    }

    /** Before anything is closed: while what is under way comes to its end, health is still answered, as not ready. */
    void onSignal(@Observes ShutdownDelayInitiatedEvent event) {
        engine.stop();
        Launch.current.awaitEnd();
    }

    /** The framework's own hook would stop the application while the command still works. */
    void onStop(@Observes ShutdownEvent event) {
        engine.stop();
        Launch.current.awaitEnd();
    }

    private void prepareLocal(LocalPart.Environment local) {
        boolean demo = !local.sampleWatchlist().isEmpty();
        engine.schema().migrate(demo);
        if (demo && engine.isUntouched()) {
            engine.watchList()
                    .add(WatchCsv.read(new java.io.StringReader(local.sampleWatchlist()), "sample watchlist"));
        }
    }

    private static Place place(Launch launch, DatabaseUrl database) {
        String look = launch.local().map(LocalPart.Environment::whereTheDataIs).orElseGet(() -> {
            String user = launch.settings()
                    .given(Setting.DATABASE_USER)
                    .or(database::user)
                    .map(u -> u + "@")
                    .orElse("");
            return "psql postgres://" + user + database.place();
        });
        return new Place(database.place(), look);
    }
}
