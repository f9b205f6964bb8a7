package io.alphakeep.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A body has bounds of size and time, however it comes. */
class RequestBodyTest {

    /** One byte after another for ever, each a second after the one before; counts them. */
    private static final class Trickle extends InputStream {
        private final AtomicLong nanos = new AtomicLong();
        private int given;

        @Override
        public int read() {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            given++;
            return ' ';
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            bytes[offset] = (byte) read();
            return 1;
        }
    }

    @Test
    void isReadWholeAndNoFurtherThanOneByteTooMany() throws Exception {
        byte[] body = new byte[30_000];
        body[29_999] = 7;
        assertThat(RequestBody.read(new ByteArrayInputStream(body), 30_000, () -> 0))
                .isEqualTo(body);
        assertThat(RequestBody.read(new ByteArrayInputStream(new byte[0]), 10, () -> 0))
                .isEmpty();
        assertThat(RequestBody.read(new ByteArrayInputStream(body), 20_000, () -> 0))
                .hasSize(20_001);
    }

    @Test
    void doesNotKeepAThreadByComingSlowly() {
        Trickle trickle = new Trickle();
        assertThatThrownBy(() -> RequestBody.read(trickle, 65_536, trickle.nanos::get))
                .isInstanceOf(RequestBody.SlowBodyException.class);
        assertThat(trickle.given).isEqualTo(11);
    }

    @Test
    void thatBreaksOffIsNoMistakeOfOurs() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Read timed out");
            }
        };
        assertThatThrownBy(() -> RequestBody.read(broken, 10, () -> 0))
                .isInstanceOf(RequestBody.SlowBodyException.class);
    }
}
