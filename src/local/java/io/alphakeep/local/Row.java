package io.alphakeep.local;

import java.util.List;

/**
 * A line of a series answer.
 *
 * @param stamp  its key, as the API writes it
 * @param values its figures as text, in the order of the table's columns
 */
record Row(String stamp, List<String> values) {}
