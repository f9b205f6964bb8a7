package io.alphakeep.local;

import io.alphakeep.bench.BenchCommand;
import io.alphakeep.config.LocalPart;
import io.alphakeep.config.ProgramName;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import java.util.List;
import java.util.Optional;

/**
 * What runs when nothing is configured: the embedded server with a demo warehouse and the stand-in of the API. With a key
 * and no database it is the embedded server with a real warehouse, in a database of its own.
 */
public final class LocalDefault implements LocalPart {

    static final String DEMO_DATABASE = "alphakeep_demo";
    static final String REAL_DATABASE = "alphakeep";

    @Override
    public List<Object> verbs() {
        return List.of(new StandInCommand(), new DatabaseCommand(), new BenchCommand(this));
    }

    @Override
    public Environment start(Settings settings, boolean needsApi) {
        boolean demo = settings.given(Setting.API_KEY).isEmpty();
        LocalServer server = LocalServer.join(settings.home());
        String database = demo ? DEMO_DATABASE : REAL_DATABASE;
        server.ensureDatabase(database);
        Settings local = withStandIn(
                settings.with(Setting.DATABASE_URL, server.url(database)).with(Setting.DATABASE_USER, "postgres"));
        if (!demo || !needsApi) {
            return new Running(local, server, Optional.empty(), demo);
        }
        StandIn api = StandIn.start(StandInOptions.defaults());
        return new Running(local.with(Setting.API_URL, api.url().toString()), server, Optional.of(api), true);
    }

    /** Without a key, the stand-in's: also for verbs that only tell what would be asked of it, and do not start it. */
    private static Settings withStandIn(Settings settings) {
        if (settings.given(Setting.API_KEY).isPresent()) {
            return settings;
        }
        Settings standIn = settings.with(Setting.API_KEY, "simulated");
        return settings.given(Setting.PLAN).isPresent() ? standIn : standIn.with(Setting.PLAN, "unlimited");
    }

    private record Running(Settings settings, LocalServer server, Optional<StandIn> api, boolean demo)
            implements Environment {

        @Override
        public String whereTheDataIs() {
            return "psql postgres://postgres@127.0.0.1:" + server.port() + "/" + (demo ? DEMO_DATABASE : REAL_DATABASE)
                    + "\n(the server ends with this command; to keep it up: " + ProgramName.text() + " database)";
        }

        @Override
        public String sampleWatchlist() {
            return demo ? SampleWatchlist.CSV : "";
        }

        @Override
        public void close() {
            api.ifPresent(StandIn::close);
            server.close();
        }
    }
}
