package io.alphakeep.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Techniques in turn, A B A B …, the order reversed every other round: a machine that grows slower while the bench runs
 * makes all of them slower, and their ratios stay.
 *
 * @param warmUps rounds that are not counted, first
 * @param counted rounds that are; at least one
 */
record Rounds(int warmUps, int counted) {

    /** @return the samples in the order of the techniques */
    List<Samples> of(List<? extends Technique> techniques) throws Exception {
        List<List<Double>> values = new ArrayList<>();
        techniques.forEach(technique -> values.add(new ArrayList<>()));
        for (int round = -warmUps; round < counted; round++) {
            for (int i = 0; i < techniques.size(); i++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                int turn = round % 2 == 0 ? i : techniques.size() - 1 - i;
                double value = techniques.get(turn).round(round);
                if (round >= 0) {
                    values.get(turn).add(value);
                }
            }
        }
        List<Samples> samples = new ArrayList<>();
        for (int i = 0; i < techniques.size(); i++) {
            Technique technique = techniques.get(i);
            samples.add(new Samples(technique.name(), technique.unit(), values.get(i)));
        }
        return samples;
    }
}
