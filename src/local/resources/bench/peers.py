"""Writes bars as programs in Python do. Asked by alphakeep bench: peers.py TECHNIQUE TABLE ROWS.csv

The connection comes from the PG* variables. The rows are read and one connection is made before the first round. Each line
on stdin is the first and the last row of a round; each round prints one JSON line with the seconds that the work took.
"""

import csv
import json
import os
import sys
import time
from datetime import datetime
from decimal import Decimal

COLUMNS = ["ticker", "endpoint", "api_function", "timestamp", "open_price", "high_price", "low_price", "close_price",
           "volume", "quality_flag", "ingestion_epoch", "updated_at"]
NAMES = ", ".join('"%s"' % name for name in COLUMNS)
CONFLICT = ('ON CONFLICT (ticker, "timestamp", endpoint) DO UPDATE SET '
            + ", ".join('"%s" = EXCLUDED."%s"' % (name, name) for name in COLUMNS[4:]))


def read(path):
    """Rows with the types that a program has after it has read an answer."""
    with open(path, newline="") as file:
        return [(*r[0:3], datetime.fromisoformat(r[3]), *map(Decimal, r[4:9]), int(r[9]), int(r[10]),
                 datetime.fromisoformat(r[11])) for r in csv.reader(file)]


def psycopg2_executemany(table):
    import psycopg2

    connection = psycopg2.connect("")
    sql = f"INSERT INTO {table} ({NAMES}) VALUES ({', '.join(['%s'] * len(COLUMNS))}) {CONFLICT}"

    def write(rows):
        with connection, connection.cursor() as cursor:
            cursor.executemany(sql, rows)
    return write


def psycopg2_execute_values(table):
    import psycopg2
    from psycopg2.extras import execute_values

    connection = psycopg2.connect("")
    sql = f"INSERT INTO {table} ({NAMES}) VALUES %s {CONFLICT}"

    def write(rows):
        with connection, connection.cursor() as cursor:
            execute_values(cursor, sql, rows, page_size=1000)
    return write


def asyncpg_executemany(table):
    loop, connection = asyncpg_connection()
    values = ", ".join("$%d" % (i + 1) for i in range(len(COLUMNS)))
    sql = f"INSERT INTO {table} ({NAMES}) VALUES ({values}) {CONFLICT}"

    async def upsert(rows):
        async with connection.transaction():
            await connection.executemany(sql, rows)
    return lambda rows: loop.run_until_complete(upsert(rows))


def asyncpg_copy(table):
    loop, connection = asyncpg_connection()

    async def merge(rows):
        async with connection.transaction():
            await connection.execute(f"CREATE TEMP TABLE stage (LIKE {table}) ON COMMIT DROP")
            await connection.copy_records_to_table("stage", records=rows, columns=COLUMNS)
            await connection.execute(f"INSERT INTO {table} ({NAMES}) SELECT {NAMES} FROM stage {CONFLICT}")
    return lambda rows: loop.run_until_complete(merge(rows))


def asyncpg_connection():
    import asyncio
    import asyncpg

    # It reads the other PG* variables by itself.
    settings = {"search_path": os.environ["PGOPTIONS"].partition("search_path=")[2],
                "application_name": os.environ["PGAPPNAME"]}
    loop = asyncio.new_event_loop()
    return loop, loop.run_until_complete(asyncpg.connect(server_settings=settings))


def pandas_to_sql(table):
    import pandas
    import sqlalchemy

    engine = sqlalchemy.create_engine("postgresql+psycopg2://")

    def write(rows):
        frame = pandas.DataFrame(rows, columns=COLUMNS)
        # The values go into the statement's text: in pieces, so that it does not grow with the rows.
        frame.to_sql(table, engine, if_exists="append", index=False, method="multi", chunksize=5000)
    return write


def main():
    technique, table, path = sys.argv[1:]
    rows = read(path)
    write = globals()[technique](table)
    print(json.dumps({"ready": len(rows)}), flush=True)
    for line in sys.stdin:
        first, last = map(int, line.split())
        work = rows[first:last]
        began = time.perf_counter()
        write(work)
        print(json.dumps({"seconds": time.perf_counter() - began}), flush=True)


main()
