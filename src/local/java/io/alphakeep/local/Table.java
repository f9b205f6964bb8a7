package io.alphakeep.local;

import java.util.List;
import java.util.Map;

/**
 * A series answer before it is written, newest row first.
 *
 * @param meta       keys and texts of {@code Meta Data}, in order
 * @param container  the key of the rows in JSON
 * @param jsonKeys   the columns' names in JSON
 * @param csvColumns the columns' names in CSV, without the stamp's
 * @param rows       newest first
 */
record Table(
        Map<String, String> meta, String container, List<String> jsonKeys, List<String> csvColumns, List<Row> rows) {

    Reply json() {
        JsonText json = new JsonText(rows.size() * 200 + 1024).object().object("Meta Data");
        meta.forEach(json::field);
        json.end().object(container);
        for (Row row : rows) {
            json.object(row.stamp());
            for (int i = 0; i < jsonKeys.size(); i++) {
                json.field(jsonKeys.get(i), row.values().get(i));
            }
            json.end();
        }
        return Reply.json(json.end().end().text());
    }

    Reply csv() {
        StringBuilder csv = new StringBuilder(rows.size() * 64 + 128);
        csv.append("timestamp,").append(String.join(",", csvColumns)).append("\r\n");
        for (Row row : rows) {
            csv.append(row.stamp());
            row.values().forEach(value -> csv.append(',').append(value));
            csv.append("\r\n");
        }
        return Reply.csv(csv.toString());
    }
}
