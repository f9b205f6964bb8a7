package io.alphakeep.write;

import io.alphakeep.db.ArrayLiteral;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Binds a long statement's parameters in the order of their question marks. */
final class Parameters {

    private final PreparedStatement statement;
    private int last;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    void text(String value) throws SQLException {
        statement.setString(++last, value);
    }

    void number(long value) throws SQLException {
        statement.setLong(++last, value);
    }

    void instant(Instant value) throws SQLException {
        statement.setObject(++last, value.atOffset(ZoneOffset.UTC));
    }

    /** An array in text form, of whatever type the statement casts it to. */
    void array(String literal) throws SQLException {
        statement.setObject(++last, literal, Types.OTHER);
    }

    /**
     * One value of each row as an array in text form, of whatever type the statement casts it to. A column without any
     * value goes as an empty array: {@code unnest} of several arrays fills the shorter ones up with null.
     */
    <T> void array(List<T> rows, Function<T, Object> value) throws SQLException {
        ArrayLiteral array = new ArrayLiteral();
        boolean any = false;
        for (T row : rows) {
            Object item = value.apply(row);
            any |= item != null;
            array.add(item);
        }
        array(any ? array.toString() : "{}");
    }
}
