package io.alphakeep.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.security.InvalidAlgorithmParameterException;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the driver reports of TLS, by the shapes of its exceptions; TlsIT has them from a real server. */
class TlsFaultTest {

    private static SQLException driver(String message, Throwable... causes) {
        SQLException e = new SQLException(message, "08006");
        Throwable last = e;
        for (Throwable cause : causes) {
            last.initCause(cause);
            last = cause;
        }
        return e;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        driver("x", new FileNotFoundException("?/.postgresql/root.crt (No such file or directory)")),
                        "can't be read: ?/.postgresql/root.crt (No such file"),
                Arguments.of(driver("… hostnameverifier PgjdbcHostnameVerifier."), "does not have this host name"),
                Arguments.of(
                        driver("x", new SSLHandshakeException("y"), cert("z"), new CertPathBuilderException("b")),
                        "no authority in the file of sslrootcert"),
                Arguments.of(
                        driver("x", new SSLHandshakeException("y"), cert("z"), new SignatureException("s")),
                        "no authority in the file of sslrootcert"),
                Arguments.of(
                        driver(
                                "x",
                                new SSLHandshakeException("y"),
                                cert("z"),
                                cert("v"),
                                new CertificateExpiredException()),
                        "has expired"),
                Arguments.of(
                        driver("x", new SSLHandshakeException("y"), cert("v"), new CertificateNotYetValidException()),
                        "not valid yet"),
                Arguments.of(driver("x", new SSLHandshakeException("y"), cert("weak key")), "is refused: weak key"),
                Arguments.of(driver("x", cert("not PEM")), "holds no certificate"),
                Arguments.of(
                        driver("x", new SSLException("y"), new InvalidAlgorithmParameterException("empty")),
                        "holds no certificate"));
    }

    private static CertificateException cert(String message) {
        return new CertificateException(message);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isASettingAndSaysWhich(SQLException thrown, String what) {
        DatabaseException e = new DatabaseException(thrown);
        assertThat(e.kind()).isEqualTo(SqlState.TLS);
        assertThat(e.tlsFault().orElseThrow().what()).contains(what);
        assertThat(e.tlsFault().orElseThrow().next()).isNotEmpty();
    }

    @Test
    void aConnectionThatIsLostIsNone() {
        for (SQLException lost : new SQLException[] {
            driver("refused", new java.net.ConnectException("Connection refused")),
            driver("SSL error", new SSLException("closed"), new EOFException()),
            new SQLException("no state"),
            new SQLException("other", "XX000", cert("z"))
        }) {
            assertThat(new DatabaseException(lost).tlsFault()).isEmpty();
            assertThat(SqlState.of(lost)).isNotEqualTo(SqlState.TLS);
        }
    }
}
