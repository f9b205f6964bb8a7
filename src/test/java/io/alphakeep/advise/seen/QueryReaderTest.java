package io.alphakeep.advise.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements are judged. The server of the tests has no pg_stat_statements: a table has its columns here. */
@Tag("postgres")
class QueryReaderTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @BeforeAll
    static void counted() {
        DATABASE.execute(
                "CREATE SCHEMA counted",
                "CREATE TABLE counted.pg_stat_statements (dbid oid, queryid bigint, query text, calls bigint, rows bigint,"
                        + " total_exec_time float8, shared_blks_hit bigint, shared_blks_read bigint)");
    }

    private static boolean isRead(String query) {
        DATABASE.execute(
                "TRUNCATE counted.pg_stat_statements",
                "INSERT INTO counted.pg_stat_statements SELECT oid, 42, $query$" + query
                        + "$query$, 2, 3, 4, 5, 6 FROM pg_database WHERE datname = current_database()");
        return !DATABASE.transactions()
                .run(connection -> new QueryReader().read(connection, "counted"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM alpha_market_data",
                " /* report 7 */ select 1 from alpha_legacy",
                "WITH a AS (SELECT 1 FROM alpha_x) SELECT * FROM a",
                "SELECT 1 FROM alpha_watch JOIN alpha_market_data USING (ticker)",
                "SELECT updated_at FROM alpha_fundamental_data ORDER BY updated_at",
                "SELECT 1 FROM alpha_fundamental_data FOR UPDATE",
                "SELECT 1 FROM alpha_run_of_others"
            })
    void whatIsAskedOfTheDataIsJudged(String query) {
        assertThat(isRead(query)).isTrue();
    }

    /** What this program asks nobody can ask otherwise, and what writes has no other form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT /* alphakeep */ count(*) FROM alpha_market_data_2024_01",
                "SELECT count(*) FROM alpha_request r JOIN \"alpha_run\" USING (run)",
                "SELECT 1 FROM public.alpha_schema_history",
                "WITH a AS (SELECT 1 FROM alpha_market_data) INSERT INTO alpha_market_data SELECT * FROM a",
                "WITH a AS (DELETE FROM alpha_market_data RETURNING 1) SELECT * FROM a",
                "WITH a AS (UPDATE alpha_fundamental_data AS d SET ticker = $1 RETURNING 1) SELECT * FROM a",
                "INSERT INTO alpha_x SELECT 1",
                "SELECT 1 FROM elsewhere"
            })
    void theProgramsOwnAndWritesAreNot(String query) {
        assertThat(isRead(query)).isFalse();
    }
}
