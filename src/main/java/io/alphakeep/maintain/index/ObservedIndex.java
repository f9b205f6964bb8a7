package io.alphakeep.maintain.index;

/**
 * An index that a partition has.
 *
 * @param valid     whether queries may use it; false for what a build that did not finish left behind
 * @param building  whether a live session is building it now
 * @param belonging whether it is unique, a constraint's, or attached to an index of the parent: none of ours is
 */
record ObservedIndex(String partition, String name, boolean valid, boolean building, boolean belonging) {}
