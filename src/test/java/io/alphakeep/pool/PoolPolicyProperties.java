package io.alphakeep.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for the policies whatever comes. */
class PoolPolicyProperties {

    @Property(tries = 300)
    void boundsAreNeverCrossed(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 200) Integer> wanted,
            @ForAll @IntRange(min = 1, max = 20) int floor,
            @ForAll @IntRange(max = 80) int span,
            @ForAll @IntRange(min = 1, max = 120) int room) {
        PoolBounds bounds = new PoolBounds(floor, floor + span);
        for (String name : List.of("adaptive", "plan", "fixed")) {
            PoolPolicyTest.Walk walk = PoolPolicyTest.walk(PoolPolicy.named(name, bounds), floor, room, wanted);
            assertThat(walk.sizes())
                    .allMatch(size -> size >= floor && size <= bounds.ceiling() && (size <= room || size == floor));
        }
    }

    @Property(tries = 200)
    void steadyWorkIsNotAnsweredByUpAndDown(
            @ForAll @IntRange(max = 120) int wanted, @ForAll @IntRange(min = 10, max = 50) int start) {
        PoolPolicyTest.Walk walk = PoolPolicyTest.walk(
                new PoolPolicy.Adaptive(PoolPolicyTest.BOUNDS),
                start,
                PoolPolicyTest.PLENTY,
                PoolPolicyTest.steady(wanted, 1_500));
        long ups = walk.reasons().stream().filter(r -> r != PoolReason.IDLE).count();
        assertThat(ups == 0 || ups == walk.reasons().size())
                .as("up or down, not both: " + walk.reasons())
                .isTrue();
        assertThat(walk.sizes().subList(1_200, 1_500)).containsOnly(walk.last());
    }
}
