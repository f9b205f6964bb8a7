package io.alphakeep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LastVerdictTest {

    private volatile Instant now = Instant.parse("2024-11-08T22:00:00Z");
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private volatile boolean hangs;

    private final LastVerdict verdict =
            new LastVerdict(this::look, ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    private String look() {
        int n = looks.incrementAndGet();
        if (hangs) {
            begun.countDown();
            try {
                assertThat(answer.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return "trouble " + n;
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    @Test
    void itIsNotLookedAtMoreOftenThanOnceInASecond() {
        assertThat(verdict.trouble()).isEqualTo("trouble 1");
        later(Duration.ofMillis(999));
        assertThat(verdict.trouble()).isEqualTo("trouble 1");
        later(Duration.ofMillis(1));
        assertThat(verdict.trouble()).isEqualTo("trouble 2");
    }

    @Test
    void whileOneLookHangsNobodyElseWaits() throws Exception {
        verdict.trouble();
        later(Duration.ofSeconds(5));
        hangs = true;
        CompletableFuture<String> looking =
                CompletableFuture.supplyAsync(verdict::trouble, task -> new Thread(task).start());
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(verdict.trouble()).as("what was known before").isEqualTo("trouble 1");
        later(Duration.ofSeconds(2));
        assertThat(verdict.trouble()).isEqualTo("the database has not answered for 2 s");
        later(Duration.ofSeconds(20));
        assertThat(verdict.trouble()).isEqualTo("the database has not answered for 22 s");
        assertThat(looks.get()).as("one looks").isEqualTo(2);
        answer.countDown();
        assertThat(looking.get(60, TimeUnit.SECONDS)).isEqualTo("trouble 2");
        assertThat(verdict.trouble()).isEqualTo("trouble 2");
    }
}
