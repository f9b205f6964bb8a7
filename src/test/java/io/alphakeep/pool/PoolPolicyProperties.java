package io.alphakeep.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
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

    @Property(tries = 300)
    void aRoomThatMovesIsFollowedDownAtOnceAndUpAfterTheCoolDown(
            @ForAll @Size(min = 1, max = 400) List<@IntRange(min = 1, max = 60) Integer> rooms,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(max = 120) Integer> tides) {
        List<Integer> wanted = IntStream.range(0, rooms.size())
                .mapToObj(i -> tides.get(i / 15 % tides.size()))
                .toList();
        for (String name : List.of("adaptive", "plan", "fixed")) {
            PoolPolicyTest.Walk walk =
                    PoolPolicyTest.walk(PoolPolicy.named(name, PoolPolicyTest.BOUNDS), 20, rooms, wanted);
            int crowded = -1_000;
            for (int i = 0; i < walk.at().size(); i++) {
                int at = walk.at().get(i);
                boolean up = walk.sizes().get(at) > (at == 0 ? 20 : walk.sizes().get(at - 1));
                assertThat(!up || at - crowded >= 60)
                        .as(name + " up at " + at + ", without room at " + crowded)
                        .isTrue();
                crowded = walk.reasons().get(i) == PoolReason.SERVER ? at : crowded;
            }
            for (int at = 0; at < rooms.size(); at++) {
                assertThat(walk.sizes().get(at)).isLessThanOrEqualTo(Math.max(10, rooms.get(at)));
            }
        }
    }

    /** One of two processes on a server: it keeps what it opened until its size comes below that. */
    private static final class Beside {
        final PoolPolicy policy;
        final int wanted;
        PoolPolicy.Memory memory = PoolPolicy.Memory.NONE;
        int size = PoolPolicyTest.BOUNDS.floor();
        int held;
        int room = PoolPolicyTest.PLENTY;

        Beside(String policy, int wanted) {
            this.policy = PoolPolicy.named(policy, PoolPolicyTest.BOUNDS);
            this.wanted = wanted;
        }

        void look(int second) {
            int active = Math.min(size, wanted);
            held = Math.min(size, Math.max(held, active));
            PoolSample sample = new PoolSample(size, active, wanted - active, 4 * wanted, room);
            PoolPolicy.Decision decision = policy.decide(sample, memory, PoolPolicyTest.START.plusSeconds(second));
            memory = decision.memory();
            size = decision.size();
            held = Math.min(size, held);
        }
    }

    /** Each looks at the server now and then, also at the same time, and both want more than there is. */
    @Property(tries = 300)
    void twoBesideEachOtherComeToRest(
            @ForAll @IntRange(max = 60) int first,
            @ForAll @IntRange(max = 60) int second,
            @ForAll @IntRange(min = 25, max = 130) int limit,
            @ForAll @IntRange(min = 1, max = 40) int every,
            @ForAll @IntRange(max = 39) int shift) {
        for (String name : List.of("adaptive", "plan", "fixed")) {
            Beside[] both = {new Beside(name, first), new Beside(name, second)};
            int changes = 0;
            int settled = 0;
            for (int i = 0; i < 3_000; i++) {
                int open = both[0].held + both[1].held;
                for (int k = 0; k < 2; k++) {
                    if ((i + k * shift) % every == 0) {
                        both[k].room = PoolPolicy.room(limit, open, both[k].held, both[k].size);
                    }
                }
                for (Beside one : both) {
                    int before = one.size;
                    one.look(i);
                    changes += one.size == before ? 0 : 1;
                    settled = one.size == before ? settled : i;
                }
            }
            String what = name + " changed " + changes + " times, last at " + settled;
            assertThat(settled).as(what).isLessThan(1_500);
            assertThat(changes).as(what).isLessThan(40);
            assertThat(both[0].held + both[1].held)
                    .isLessThanOrEqualTo(Math.max(limit - limit / 10, 2 * PoolPolicyTest.BOUNDS.floor()));
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
