package io.alphakeep.command;

import io.alphakeep.config.Failure;
import io.alphakeep.config.Settings;
import io.alphakeep.run.Engine;

/** A command that needs the framework; a picocli command whose options are its fields. */
interface Verb {

    /** It asks the API, and so needs a key. */
    default boolean asksApi() {
        return false;
    }

    /** It tells of what is missing instead of being refused for it. */
    default boolean copesWithGaps() {
        return false;
    }

    /**
     * In place of {@link #run} where a setting is wrong.
     *
     * @return the exit code
     * @throws Failure the same, where the verb has nothing to add to it
     */
    default int runWithoutSettings(Failure wrong, Out out) {
        throw wrong;
    }

    /**
     * In place of {@link #run} where no database is set and none can be started; for a verb that copes with gaps.
     *
     * @return the exit code
     */
    default int runWithoutDatabase(Settings settings, Out out) {
        throw new IllegalStateException("needs a database");
    }

    /** It makes the tables, whatever {@code ALPHAKEEP_MIGRATE} says. */
    default boolean migrates() {
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
     * @throws Failure what ended it, with its exit code
     * @throws io.alphakeep.db.DatabaseException the database refused or is gone
     */
    int run(Engine engine, Out out);
}
