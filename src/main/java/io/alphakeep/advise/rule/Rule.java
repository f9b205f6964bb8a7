package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.seen.Observed;
import java.util.List;

/** Judges one concern. */
@FunctionalInterface
public interface Rule {

    /** @return what could be better; empty when all is well, or when what it takes to say so is not known */
    List<Finding> on(Observed observed);
}
