package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.Relay;
import io.alphakeep.testkit.SelfSigned;
import io.alphakeep.testkit.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS: the database's connection, by both forms of its address, and the API's. */
class TlsIT {

    /** The server's too, but not in its certificate. */
    private static final String UNNAMED = "127.0.0.2";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    static Path folder;

    private static SelfSigned certificate;
    private static EmbeddedPostgres server;
    private static Path log;

    @BeforeAll
    static void start() throws Exception {
        certificate = SelfSigned.in(folder.resolve("tls"));
        log = folder.resolve("server.log");
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.certificate().toString())
                .setServerConfig("ssl_key_file", certificate.key().toString())
                .setServerConfig("log_connections", "on")
                .setServerConfig("listen_addresses", "127.0.0.1," + UNNAMED)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Packaged program(String url) {
        return new Packaged(folder).with("ALPHAKEEP_DATABASE_URL", url).with("ALPHAKEEP_DATABASE_USER", "postgres");
    }

    private static String place() {
        return "127.0.0.1:" + server.getPort() + "/postgres";
    }

    /** Connections that the server took over TLS so far. */
    private static long overTls() throws Exception {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("connection authorized") && line.contains("SSL enabled"))
                    .count();
        }
    }

    private static void check(Packaged.Finished finished, int exitCode) {
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(exitCode);
    }

    @Test
    void requireAndVerifyFullByBothForms() throws Exception {
        String verify = "?sslmode=verify-full&sslrootcert=" + certificate.certificate();
        long atStart = overTls();
        check(program("jdbc:postgresql://" + place() + "?sslmode=require").run("migrate"), 0);
        long before = overTls();
        assertThat(before).isGreaterThan(atStart);
        check(program("postgres://" + place() + "?sslmode=require").run("status"), 0);
        check(program("jdbc:postgresql://" + place() + verify).run("status"), 0);
        check(program("postgres://postgres@" + place() + verify).run("status"), 0);
        assertThat(overTls()).isGreaterThanOrEqualTo(before + 3);
    }

    @Test
    void aCertificateOfSomebodyElseIsRefused() throws Exception {
        SelfSigned other = SelfSigned.in(folder.resolve("other"));
        Packaged.Finished refused = program(
                        "jdbc:postgresql://" + place() + "?sslmode=verify-full&sslrootcert=" + other.certificate())
                .run("status");
        misconfigured(refused, place(), "no authority", "sslrootcert");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        String file = folder.resolve("gone/root.crt").toString();
        Packaged.Finished refused = program("jdbc:postgresql://" + place() + "?sslmode=verify-full&sslrootcert=" + file)
                .run("status");
        misconfigured(refused, place(), "can't be read: " + file, "sslrootcert");
    }

    @Test
    void aNameThatTheCertificateDoesNotHaveIsToldByEveryDoor() {
        Packaged program = program("jdbc:postgresql://" + place().replace("127.0.0.1", UNNAMED)
                        + "?sslmode=verify-full&sslrootcert=" + certificate.certificate())
                .with("ALPHAKEEP_API_KEY", "any")
                .with("ALPHAKEEP_HTTP_HOST", "127.0.0.1")
                .with("ALPHAKEEP_HTTP_PORT", "0");
        String[] parts = {UNNAMED, "does not have this host name", "sslmode=verify-ca in place of verify-full"};
        misconfigured(program.run("status"), parts);
        Packaged.Finished serve = program.run("serve");
        check(serve, 78);
        assertThat(serve.err().lines()).as("that it listens, and why no more").hasSize(2);
        assertThat(serve.err()).contains(parts);
        Packaged.Finished doctor = program.run("doctor", "--fail-on", "never");
        assertThat(doctor.out()).containsPattern("FAIL  database .*does not have this host name");
        assertThat(doctor.err()).isEmpty();
    }

    @Test
    void aServerWithoutTlsIsRefusedWhereItIsRequired() {
        String url = PostgresServer.get().url("postgres");
        Packaged.Finished refused = program(url + "?sslmode=require").run("status");
        oneLine(refused, url.substring(url.indexOf("//") + 2), "SSL");
    }

    @Test
    void theApisCertificateIsChecked() {
        DATABASE.asDemo();
        try (StandIn api = StandIn.start(StandInOptions.defaults());
                Relay relay = Relay.overTls(api.url(), StandIn.SIMULATED_HEADER, certificate)) {
            String[] ingest = {"ingest", "--only", "IBM", "--function", "OVERVIEW"};
            Packaged.Finished refused = Packaged.of(folder, DATABASE, relay.url())
                    .with("ALPHAKEEP_RUN_ATTEMPTS", "1")
                    .run(ingest);
            check(refused, 69);
            assertThat(refused.all())
                    .contains(relay.url().substring(0, relay.url().lastIndexOf('/')), "TLS failed");
            Packaged.Finished told = Packaged.of(folder, DATABASE, relay.url()).run("doctor", "--fail-on", "never");
            assertThat(told.out()).contains("FAIL  api ", "can't be reached", "the certificates that Java trusts");
            assertThat(relay.arrived()).isZero();
            Packaged trusting = Packaged.of(folder, DATABASE, relay.url())
                    .withOption("-Djavax.net.ssl.trustStore=" + certificate.store())
                    .withOption("-Djavax.net.ssl.trustStorePassword=" + SelfSigned.PASSWORD);
            assertThat(trusting.run("doctor", "--fail-on", "never").out())
                    .containsPattern("OK    api .*takes connections, TLSv1\\.3; nothing was asked");
            check(trusting.run(ingest), 0);
            assertThat(relay.arrived()).isOne();
        }
    }

    /** In one line, and without the driver's or Java's words. */
    private static void misconfigured(Packaged.Finished finished, String... parts) {
        check(finished, 78);
        oneLine(finished, parts);
        assertThat(finished.err()).doesNotContain("PKIX", "java.", "Pgjdbc", "SEVERE");
    }

    private static void oneLine(Packaged.Finished finished, String... parts) {
        assertThat(finished.exitCode()).as(finished.all()).isIn(69, 78);
        assertThat(finished.out()).isEmpty();
        assertThat(finished.err().lines()).hasSize(1);
        assertThat(finished.err()).contains(parts);
    }
}
