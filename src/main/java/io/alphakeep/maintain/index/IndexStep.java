package io.alphakeep.maintain.index;

import io.alphakeep.maintain.Step;
import java.util.List;

/**
 * One index to be made or dropped.
 *
 * @param kind      what is to be done
 * @param partition whose index it is
 * @param target    the index, without the schema
 * @param why       why it is due
 * @param statement the SQL, with every name qualified and quoted
 */
public record IndexStep(Kind kind, String partition, String target, String why, String statement) implements Step {

    /** The kinds, in the order in which a plan has them. */
    public enum Kind {
        /** Removes what a build that did not finish left behind: it serves no query, and may cost every writer. */
        DROP_LEFTOVER("drop_leftover_index"),
        CREATE("create_index"),
        DROP("drop_index");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    @Override
    public String action() {
        return kind.word;
    }

    @Override
    public List<String> sql() {
        return List.of(statement);
    }
}
