package io.alphakeep.config;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What only the default JVM build has: an embedded database server and a stand-in of the API, and verbs that run them by
 * themselves. Found by {@link ServiceLoader}; there is none in the native binary and in images.
 */
public interface LocalPart {

    /** A started local environment; closing it stops what nobody else uses. */
    interface Environment extends AutoCloseable {

        /** The settings with database and API filled in. */
        Settings settings();

        /** What the report says about where the data is: the psql line, and how to keep the server up. */
        String whereTheDataIs();

        /** Lines of a watch list (CSV with header) to begin a demo warehouse with; empty when it holds real data. */
        String sampleWatchlist();

        @Override
        void close();
    }

    /**
     * Starts what is missing: a database server when none is configured; the stand-in too when no key is configured either.
     *
     * @param needsApi the verb will ask the API
     */
    Environment start(Settings settings, boolean needsApi);

    /** Commands of the command line, each a picocli command and a {@code Callable<Integer>}. */
    List<Object> verbs();

    static Optional<LocalPart> find() {
        return ServiceLoader.load(LocalPart.class).findFirst();
    }
}
