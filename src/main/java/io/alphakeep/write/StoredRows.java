package io.alphakeep.write;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;

/** Stored rows of one series in ascending order, one at a time. */
interface StoredRows {

    /** Goes on to the next row; false when there is none. */
    boolean next() throws SQLException;

    /** The row gone to last; it changes with {@link #next}. */
    StoredRow row();

    static StoredRows none() {
        return of(List.of());
    }

    static StoredRows of(List<StoredRow> rows) {
        Iterator<StoredRow> all = rows.iterator();
        return new StoredRows() {
            private StoredRow row;

            @Override
            public boolean next() {
                row = all.hasNext() ? all.next() : null;
                return row != null;
            }

            @Override
            public StoredRow row() {
                return row;
            }
        };
    }
}
