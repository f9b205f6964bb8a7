package io.alphakeep.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The policies on traces: one look a second. */
class PoolPolicyTest {

    static final Instant START = Instant.parse("2024-11-08T22:00:00Z");
    static final PoolBounds BOUNDS = new PoolBounds(10, 50);
    static final int PLENTY = 1_000;

    /**
     * What came of a trace.
     *
     * @param at the looks at which the size was changed, as many as reasons
     */
    record Walk(List<Integer> sizes, List<PoolReason> reasons, List<Integer> at) {
        int last() {
            return sizes.get(sizes.size() - 1);
        }
    }

    static Walk walk(PoolPolicy policy, int start, int room, List<Integer> wanted) {
        return walk(policy, start, steady(room, wanted.size()), wanted);
    }

    /** Of what is wanted the size is in use, and the rest waits. */
    static Walk walk(PoolPolicy policy, int start, List<Integer> rooms, List<Integer> wanted) {
        List<Integer> sizes = new ArrayList<>();
        List<PoolReason> reasons = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        PoolPolicy.Memory memory = PoolPolicy.Memory.NONE;
        int size = start;
        for (int i = 0; i < wanted.size(); i++) {
            int active = Math.min(size, wanted.get(i));
            PoolSample sample = new PoolSample(size, active, wanted.get(i) - active, 4 * wanted.get(i), rooms.get(i));
            PoolPolicy.Decision decision = policy.decide(sample, memory, START.plusSeconds(i));
            assertThat(decision.reason().isPresent()).isEqualTo(decision.size() != size);
            if (decision.reason().isPresent()) {
                reasons.add(decision.reason().get());
                at.add(i);
            }
            memory = decision.memory();
            size = decision.size();
            sizes.add(size);
        }
        return new Walk(sizes, reasons, at);
    }

    static List<Integer> steady(int wanted, int looks) {
        return IntStream.range(0, looks).mapToObj(i -> wanted).toList();
    }

    private static List<Integer> then(List<Integer> first, List<Integer> second) {
        List<Integer> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    @Test
    void aBurstIsFollowedWithinThreeLooks() {
        Walk walk = walk(new PoolPolicy.Adaptive(BOUNDS), 10, PLENTY, steady(50, 5));
        assertThat(walk.sizes()).as("never more than twice at a time").containsExactly(20, 40, 50, 50, 50);
        assertThat(walk.reasons()).containsOnly(PoolReason.WAITING);
    }

    @Test
    void whoWaitsIsMadeRoomForWithTwoToSpare() {
        assertThat(walk(new PoolPolicy.Adaptive(BOUNDS), 10, PLENTY, List.of(16))
                        .sizes())
                .containsExactly(18);
    }

    /** The server makes no connections: it hangs, or is gone. */
    @Test
    void whoWaitsThoughThereIsRoomChangesNothing() {
        PoolPolicy policy = new PoolPolicy.Adaptive(BOUNDS);
        PoolPolicy.Memory memory = PoolPolicy.Memory.NONE;
        for (int i = 0; i < 600; i++) {
            PoolPolicy.Decision decision =
                    policy.decide(new PoolSample(20, 0, 1, 0, PLENTY), memory, START.plusSeconds(i));
            assertThat(decision.reason()).isEmpty();
            memory = decision.memory();
        }
    }

    @Test
    void aSmallPoolComesDownByOne() {
        Walk walk = walk(new PoolPolicy.Adaptive(new PoolBounds(1, 50)), 3, PLENTY, steady(0, 200));
        assertThat(walk.sizes()).containsSequence(3, 2).containsSequence(2, 1).endsWith(1);
    }

    @Test
    void boundsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new PoolBounds(0, 5)).hasMessage("a pool of 0 to 5 connections can't be");
        assertThatThrownBy(() -> new PoolBounds(6, 5)).hasMessage("a pool of 6 to 5 connections can't be");
        assertThat(new PoolBounds(1, 1).clamp(7, PLENTY)).isEqualTo(1);
    }

    @Test
    void itIsRaisedBeforeAnybodyWaits() {
        Walk walk = walk(new PoolPolicy.Adaptive(BOUNDS), 10, PLENTY, List.of(3, 6, 7, 8, 9, 10));
        assertThat(walk.sizes()).containsExactly(10, 10, 10, 15, 15, 15);
        assertThat(walk.reasons()).containsExactly(PoolReason.BUSY);
    }

    @Test
    void itComesDownSlowlyAndToTheFloor() {
        Walk walk = walk(new PoolPolicy.Adaptive(BOUNDS), 50, PLENTY, steady(2, 600));
        assertThat(walk.sizes().subList(0, 29)).as("calm for a while first").containsOnly(50);
        assertThat(walk.sizes().get(29)).isEqualTo(38);
        assertThat(walk.sizes().get(29 + 59)).as("cooling down").isEqualTo(38);
        assertThat(walk.sizes().get(29 + 60)).isEqualTo(29);
        assertThat(walk.last()).isEqualTo(10);
        assertThat(walk.reasons()).containsOnly(PoolReason.IDLE).hasSizeLessThan(8);
    }

    /** From four fifths on it goes up, from two fifths down; between them nothing happens. */
    @Test
    void betweenTheTwoSharesNothingHappens() {
        PoolPolicy policy = new PoolPolicy.Adaptive(BOUNDS);
        assertThat(walk(policy, 40, PLENTY, steady(31, 600)).reasons()).isEmpty();
        assertThat(walk(policy, 40, PLENTY, steady(17, 600)).reasons()).isEmpty();
        assertThat(walk(policy, 40, PLENTY, steady(32, 600)).sizes().get(0)).isEqualTo(50);
        Walk down = walk(policy, 40, PLENTY, steady(16, 600));
        assertThat(down.reasons()).as("one step, and it is not taken back").containsExactly(PoolReason.IDLE);
        assertThat(down.last()).isEqualTo(30);
    }

    @Test
    void anEbbOfAMomentChangesNothing() {
        List<Integer> saw =
                IntStream.range(0, 600).map(i -> i % 20 < 10 ? 30 : 2).boxed().toList();
        assertThat(walk(new PoolPolicy.Adaptive(BOUNDS), 50, PLENTY, saw).reasons())
                .isEmpty();
    }

    @Test
    void theServersRoomComesFirstButForTheFloor() {
        PoolPolicy policy = new PoolPolicy.Adaptive(BOUNDS);
        assertThat(walk(policy, 40, 25, steady(40, 3)).sizes()).containsExactly(25, 25, 25);
        assertThat(walk(policy, 40, 25, steady(40, 3)).reasons()).containsExactly(PoolReason.SERVER);
        assertThat(walk(policy, 40, 1, steady(40, 2)).last()).isEqualTo(10);
    }

    /** It moves with others' connections at every look: down at once, up only after a minute of peace. */
    @Test
    void aRoomThatComesAndGoesIsNotFollowed() {
        List<Integer> rooms = IntStream.range(0, 200)
                .map(i -> i < 30 && i % 2 == 0 ? 25 : 40)
                .boxed()
                .toList();
        for (PoolPolicy policy : List.of(new PoolPolicy.Adaptive(BOUNDS), new PoolPolicy.Fixed(BOUNDS))) {
            Walk walk = walk(policy, 40, rooms, steady(40, 200));
            assertThat(walk.at()).as("at once, and a minute later").startsWith(0, 60);
            assertThat(walk.sizes().get(0)).isEqualTo(25);
            assertThat(walk.last()).isEqualTo(40);
            assertThat(walk.reasons()).as("once down, then up").startsWith(PoolReason.SERVER);
            assertThat(walk.reasons().subList(1, walk.reasons().size())).doesNotContain(PoolReason.SERVER);
        }
    }

    /** A tenth is for people, ours is not others', and of what is free another process may take as much. */
    @Test
    void theRoomIsHalfOfWhatIsFreeAndLessThanTheSizeWhereNothingIs() {
        assertThat(PoolPolicy.room(100, 30, 10, 10)).as("90 - 20, half of 60").isEqualTo(40);
        assertThat(PoolPolicy.room(100, 30, 30, 80)).as("90, half of 10").isEqualTo(85);
        assertThat(PoolPolicy.room(100, 60, 10, 50)).isEqualTo(40);
        assertThat(PoolPolicy.room(100, 500, 10, 50)).isEqualTo(1);
        assertThat(PoolPolicy.room(100, 5, 10, 10))
                .as("read one after the other")
                .isEqualTo(50);
    }

    @Test
    void thePlansRuleIsAQuarterOfTheTickersInWork() {
        PoolPolicy plan = new PoolPolicy.Plan(new PoolBounds(1, 100));
        assertThat(walk(plan, 5, PLENTY, List.of(0, 3, 8, 30, 70, 8, 0)).sizes())
                .containsExactly(5, 5, 8, 30, 50, 8, 5);
        assertThat(walk(new PoolPolicy.Plan(BOUNDS), 10, 20, List.of(0, 30)).sizes())
                .containsExactly(10, 20);
    }

    @Test
    void fixedIsAllThatCanBeNeeded() {
        PoolPolicy fixed = new PoolPolicy.Fixed(BOUNDS);
        assertThat(walk(fixed, 50, PLENTY, then(steady(0, 100), steady(50, 100)))
                        .reasons())
                .isEmpty();
        assertThat(walk(fixed, 50, 30, steady(0, 2)).sizes()).containsExactly(30, 30);
    }
}
