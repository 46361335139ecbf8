"""Makes everything that is derived from the journal anew: heads, records, search words, caseload."""

import json
from collections.abc import Iterator

from tac_desktop.storage import caseload_table, search_index
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.heads import add_heads, added
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.people import put_meta
from tac_desktop.storage.projection import project_all

_BATCH = 2000


def tables_are_present(ledger: Ledger) -> bool:
    """Say whether the tables of all forms are as the declarations of this program say."""
    row = ledger.connection.execute("SELECT value FROM meta WHERE name = 'forms'").fetchone()
    return row is not None and row[0] == _fingerprints()


def _fingerprints() -> str:
    return json.dumps({name: table.fingerprint for name, table in sorted(TABLES.items())})


def make_tables(ledger: Ledger) -> None:
    """Make the tables of all forms anew and fill them from the heads: after an update of the program.

    In one transaction; the journal is not touched.
    """
    with ledger.writing() as connection:
        _empty(ledger)
        numbers = [eid for (eid,) in connection.execute("SELECT eid FROM entity ORDER BY eid")]
        project_all(ledger, numbers)
        put_meta(connection, "forms", _fingerprints())


def _empty(ledger: Ledger) -> None:
    for table in TABLES.values():
        table.create(ledger.connection)
    caseload_table.prepare(ledger.connection)
    ledger.connection.execute("DELETE FROM caseload")
    search_index.clear(ledger.connection)


def rebuild(ledger: Ledger) -> Iterator[tuple[int, int]]:
    """Drop heads, records, search words and caseload and make them from the journal; yield (done, total) entries.

    All in one transaction: stopping the iteration leaves everything as it was.
    """
    with ledger.writing() as connection:
        total = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
        yield 0, total
        _empty(ledger)
        connection.execute("DELETE FROM head")
        connection.execute("DELETE FROM pending")
        last, done = 0, 0
        while rows := _some(ledger, last):
            last, done = rows[-1][0], done + len(rows)
            add_heads(ledger, [added(*row) for row in rows])
            yield done, total
        project_all(ledger, [eid for (eid,) in connection.execute("SELECT eid FROM entity ORDER BY eid")])
        put_meta(connection, "forms", _fingerprints())


def _some(ledger: Ledger, after: int) -> list[tuple[int, bytes, int, str]]:
    return ledger.connection.execute(
        "SELECT j, cid, eid, sem FROM journal WHERE j > ? ORDER BY j LIMIT ?", (after, _BATCH)
    ).fetchall()
