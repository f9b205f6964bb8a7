package io.alphakeep.advise.doctor;

import java.sql.Connection;
import java.sql.SQLException;

/** One look at the database, in a transaction of its own that changes nothing. */
@FunctionalInterface
interface Look {

    /** @param id under which it reports */
    Check at(Connection connection, String id) throws SQLException;
}
