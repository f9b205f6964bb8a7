package io.alphakeep.maintain.partition;

import io.alphakeep.maintain.Step;
import java.util.List;

/** A month that is to be there before its rows are. */
record AheadStep(String table, NewPartition partition, String why) implements Step {

    @Override
    public String action() {
        return "partition";
    }

    @Override
    public String target() {
        return partition.name(table);
    }

    @Override
    public List<String> sql() {
        // Table and date come from this program, not from outside.
        return List.of(
                partition.width() == NewPartition.Width.MONTH
                        ? "SELECT create_monthly_partition('" + table + "', '" + partition.firstDay() + "')"
                        : "SELECT create_yearly_partition('" + table + "', '" + partition.firstDay() + "')");
    }
}
