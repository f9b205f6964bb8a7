package io.alphakeep.run;

import io.alphakeep.maintain.Part;
import io.alphakeep.maintain.Step;
import io.alphakeep.maintain.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Its steps stay due unless they are done. */
final class FakePart implements Part<FakePart.Thing> {

    record Thing(String target) implements Step {
        @Override
        public String action() {
            return "index";
        }

        @Override
        public String why() {
            return "";
        }

        @Override
        public List<String> sql() {
            return List.of();
        }
    }

    private final String name;
    private final List<String> due;
    private final Function<String, StepResult> run;

    FakePart(String name, Function<String, StepResult> run, String... due) {
        this.name = name;
        this.run = run;
        this.due = new ArrayList<>(List.of(due));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Thing> plan() {
        return due.stream().map(Thing::new).toList();
    }

    @Override
    public StepResult run(Thing step) {
        StepResult result = run.apply(step.target());
        if (result.outcome() == StepResult.Outcome.DONE) {
            due.remove(step.target());
        }
        return result;
    }
}
