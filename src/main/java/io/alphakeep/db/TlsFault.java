package io.alphakeep.db;

import java.io.FileNotFoundException;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why there is no encrypted connection to a server that answers: a setting, which no waiting mends. The driver gives
 * all of them the SQLSTATE of a lost connection, and Java's words, so that what they are is read from the types of
 * their causes.
 *
 * @param what a clause whose subject is the database
 * @param next what to do
 */
public record TlsFault(String what, String next) {

    private static final String CONNECTION = "08";

    /** In the driver's message in whatever language: which of its checks it was. */
    private static final String NAME_CHECK = "PgjdbcHostnameVerifier";

    private static final String ROOT =
            "set sslrootcert=FILE in ALPHAKEEP_DATABASE_URL to the certificate of the authority that signed the server's";

    /** Longer chains of causes than any are a ring. */
    private static final int MOST_CAUSES = 20;

    /** @return empty when it is something else */
    public static Optional<TlsFault> of(SQLException e) {
        if (e.getSQLState() == null || !e.getSQLState().startsWith(CONNECTION)) {
            return Optional.empty();
        }
        Optional<FileNotFoundException> file = cause(e, FileNotFoundException.class);
        if (file.isPresent()) {
            return fault(
                    "is not asked, since a file of certificates can't be read: "
                            + file.get().getMessage(),
                    "set sslrootcert=FILE (for a client's own certificate sslcert and sslkey) in ALPHAKEEP_DATABASE_URL to a"
                            + " file that this user can read");
        }
        if (e.getMessage() != null && e.getMessage().contains(NAME_CHECK)) {
            return fault(
                    "shows a certificate that does not have this host name",
                    "put a name of the certificate into ALPHAKEEP_DATABASE_URL; or sslmode=verify-ca in place of verify-full,"
                            + " which does not look at the name");
        }
        if (cause(e, CertificateExpiredException.class).isPresent()) {
            return fault("shows a certificate that has expired", "renew the server's certificate");
        }
        if (cause(e, CertificateNotYetValidException.class).isPresent()) {
            return fault(
                    "shows a certificate that is not valid yet",
                    "set this machine's clock, or the server's certificate");
        }
        // The second where the file has an authority of the same name, but of another key.
        if (cause(e, CertPathBuilderException.class).isPresent()
                || cause(e, SignatureException.class).isPresent()) {
            return fault("shows a certificate that no authority in the file of sslrootcert has signed", ROOT);
        }
        boolean shown = cause(e, SSLException.class).isPresent();
        if (shown && cause(e, CertificateException.class).isPresent()) {
            return fault("shows a certificate that is refused: " + root(e), ROOT);
        }
        return cause(e, GeneralSecurityException.class).isPresent()
                ? fault("is not asked, since the file of sslrootcert holds no certificate that can be read", ROOT)
                : Optional.empty();
    }

    private static Optional<TlsFault> fault(String what, String next) {
        return Optional.of(new TlsFault(what, next));
    }

    private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
        Throwable cause = e.getCause();
        for (int i = 0; cause != null && i < MOST_CAUSES; i++, cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static String root(Throwable e) {
        Throwable root = e;
        for (int i = 0; root.getCause() != null && i < MOST_CAUSES; i++) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
