package io.alphakeep.command;

import io.alphakeep.run.Engine;

/** A command that needs the framework; a picocli command whose options are its fields. */
interface Verb {

    /** It asks the API, and so needs a key. */
    default boolean asksApi() {
        return false;
    }

    /** It listens and keeps a schedule, until a signal comes. */
    default boolean serves() {
        return false;
    }

    /**
     * Checks what the command line's parser cannot, before anything is started.
     *
     * @throws IllegalArgumentException what is wrong with it, in one line
     */
    default void check() {}

    /**
     * @return the exit code
     * @throws io.alphakeep.config.Failure what ended it, with its exit code
     * @throws io.alphakeep.db.DatabaseException the database refused or is gone
     */
    int run(Engine engine, Out out);
}
