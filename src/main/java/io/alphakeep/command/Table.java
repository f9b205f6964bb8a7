package io.alphakeep.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** A table on the terminal: left-aligned texts, right-aligned numbers, a line under the head. */
final class Table {

    private final List<String[]> lines = new ArrayList<>();
    private final boolean[] numbers;

    /** @param head column names; those that begin with {@code #} hold numbers */
    Table(String... head) {
        numbers = new boolean[head.length];
        String[] names = new String[head.length];
        for (int i = 0; i < head.length; i++) {
            numbers[i] = head[i].startsWith("#");
            names[i] = numbers[i] ? head[i].substring(1) : head[i];
        }
        lines.add(names);
    }

    Table row(Object... values) {
        String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = values[i] instanceof Number number
                    ? String.format(Locale.ROOT, "%,d", number.longValue())
                    : String.valueOf(values[i]);
        }
        lines.add(texts);
        return this;
    }

    boolean isEmpty() {
        return lines.size() == 1;
    }

    String text(Ansi ansi) {
        int[] widths = new int[numbers.length];
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        Column[] columns = new Column[numbers.length];
        for (int i = 0; i < widths.length; i++) {
            columns[i] = new Column(widths[i] + 2, 2, Overflow.SPAN);
        }
        TextTable table = TextTable.forColumns(new picocli.CommandLine.Help.ColorScheme.Builder(ansi).build(), columns);
        String[] rule = new String[numbers.length];
        for (int i = 0; i < rule.length; i++) {
            rule[i] = "─".repeat(widths[i]);
        }
        table.addRowValues(pad(lines.get(0), widths));
        table.addRowValues(rule);
        lines.stream().skip(1).forEach(line -> table.addRowValues(pad(line, widths)));
        return table.toString().stripTrailing();
    }

    private String[] pad(String[] line, int[] widths) {
        String[] padded = line.clone();
        for (int i = 0; i < padded.length; i++) {
            if (numbers[i]) {
                padded[i] = " ".repeat(widths[i] - padded[i].length()) + padded[i];
            }
        }
        return padded;
    }
}
