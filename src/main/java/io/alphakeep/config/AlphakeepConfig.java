package io.alphakeep.config;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings, typed. Names, forms and defaults are those of {@link Setting}, which {@link Settings} has checked before
 * the framework starts; {@code Main} hands every value on, so that there are no defaults here.
 */
@ConfigMapping(prefix = "alphakeep")
public interface AlphakeepConfig {

    Database database();

    Api api();

    Optional<String> plan();

    String schema();

    String migrate();

    Optional<String> home();

    OptionalInt requestsPerSecond();

    OptionalInt requestsPerMinute();

    OptionalInt requestsPerDay();

    String allowanceDay();

    int graceSeconds();

    Http http();

    Ingest ingest();

    Cron cron();

    Metrics metrics();

    Pool pool();

    Store store();

    Run run();

    Fetch fetch();

    Partition partition();

    Archive archive();

    Maintain maintain();

    interface Database {
        Optional<String> url();

        Optional<String> user();

        Optional<String> password();

        int connectTimeoutSeconds();

        int lockTimeoutMillis();

        int statementTimeoutSeconds();
    }

    interface Api {
        URI url();

        Optional<String> key();
    }

    interface Metrics {
        int sampleSeconds();
    }

    interface Pool {
        String policy();
    }

    interface Store {
        String raw();
    }

    interface Run {
        int workers();

        int leaseSeconds();

        int attempts();

        int unreachableLimit();
    }

    interface Fetch {
        String format();

        int connectTimeoutSeconds();

        int readTimeoutSeconds();

        int deadlineSeconds();

        long maxBodyBytes();
    }

    interface Partition {
        int lockTimeoutMillis();
    }

    interface Archive {
        Optional<String> mode();

        OptionalInt afterMonths();
    }

    interface Http {
        String host();

        int port();

        Optional<String> token();

        String auth();
    }

    interface Ingest {
        String cron();
    }

    interface Cron {
        String zone();
    }

    interface Maintain {
        String cron();

        int stepTimeoutSeconds();
    }
}
