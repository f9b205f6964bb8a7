package io.alphakeep.local;

import java.util.Optional;

/** Where answers come from. */
sealed interface Source permits SimulatedBodies, RecordedBodies {

    boolean offers(String function);

    /** The data asked for; none when there is none under that symbol. */
    Optional<Reply> find(Query query);

    /** The answer to a query without data. */
    default Reply nothing(Query query) {
        return Notice.unknownSymbol(query);
    }
}
