"""Makes everything that is derived from the journal anew: heads, records, search words, caseload, the audit's list."""

import json
from collections.abc import Iterator, Sequence

from tac_desktop import __version__
from tac_desktop.casework.audit import FORM as AUDIT
from tac_desktop.storage import audit_index, caseload_table, directory_table, sameness, search_index
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.heads import add_heads, added
from tac_desktop.storage.ledger import Ledger, quick_imports
from tac_desktop.storage.people import put_meta
from tac_desktop.storage.projection import project_all
from tac_desktop.storage.vault import Vault

_BATCH = 2000
_CASELOAD = "caseload"
"""Under which is noted what version of the program reckoned the caseload: for another one other things may be due."""


def outdated_tables(ledger: Ledger) -> list[str]:
    """Return the forms (and the audit, and the caseload) whose tables are not as this program makes them."""
    row = ledger.connection.execute("SELECT value FROM meta WHERE name = 'forms'").fetchone()
    made: dict[str, str] = json.loads(row[0]) if row else {}
    return [name for name, fingerprint in _fingerprints().items() if made.get(name) != fingerprint]


def _fingerprints() -> dict[str, str]:
    forms = {name: table.fingerprint for name, table in sorted(TABLES.items())}
    return forms | {AUDIT: audit_index.FINGERPRINT, _CASELOAD: __version__}


def catch_up(vault: Vault) -> Iterator[tuple[int, int]]:
    """Make the tables anew that are not as this program declares them; yield (done, total), nothing if all are.

    A store does so when it is opened, too, but then nobody sees how far it is. All or nothing: closing the iteration
    leaves everything as it was.
    """
    with vault.connection() as connection:
        ledger = Ledger(connection)
        with ledger.reading():
            outdated = outdated_tables(ledger)
        if outdated:
            yield from making_tables(ledger, outdated)


def make_tables(ledger: Ledger, names: list[str]) -> None:
    """Make the tables of some forms (and the audit's) anew and fill them: for a new vault, or after an update.

    In one transaction; the journal is not touched.
    """
    for _ in making_tables(ledger, names):
        pass


def making_tables(ledger: Ledger, names: list[str]) -> Iterator[tuple[int, int]]:
    """Do the same step by step; yield (done, total) records and case files."""
    with quick_imports(ledger), ledger.writing():
        if AUDIT in names:
            audit_index.make(ledger)
        if names != [AUDIT]:
            yield from _making_forms(ledger, [name for name in names if name in TABLES])
        _note_tables(ledger)


def _making_forms(ledger: Ledger, names: list[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        _forget(ledger, name)
        TABLES[name].create(ledger.connection)
    caseload_table.prepare(ledger.connection)
    directory_table.prepare(ledger.connection)
    asked = json.dumps(names)
    rows = ledger.connection.execute("SELECT eid FROM entity WHERE form IN (SELECT value FROM json_each(?))", (asked,))
    yield from _projecting(ledger, [eid for (eid,) in rows.fetchall()])


def _projecting(ledger: Ledger, eids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Write the rows of records, and then the whole caseload; yield (done, total) records and case files."""
    sql = "SELECT count(*) FROM entity WHERE form = 'mother'"
    total = len(eids) + ledger.connection.execute(sql).fetchone()[0]
    yield 0, total
    for done in project_all(ledger, eids):
        yield done, total
    for done in caseload_table.refresh_all(ledger.connection):
        yield min(total, len(eids) + done), total
    yield total, total


def _forget(ledger: Ledger, name: str) -> None:
    """Take the words of a form's records out of the search indexes, before its table goes."""
    table = TABLES[name].name
    if ledger.connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone():
        rows = ledger.connection.execute(f"SELECT _searched FROM {table} WHERE _searched IS NOT NULL").fetchall()
        for (searched,) in rows:
            search_index.replace(ledger.connection, searched, None, ("", ""))


def _note_tables(ledger: Ledger) -> None:
    put_meta(ledger.connection, "forms", json.dumps(_fingerprints()))


def _empty(ledger: Ledger) -> None:
    for table in TABLES.values():
        table.create(ledger.connection)
    caseload_table.prepare(ledger.connection)
    directory_table.prepare(ledger.connection)
    ledger.connection.execute("DELETE FROM caseload")
    ledger.connection.execute("DELETE FROM due_list")
    search_index.clear(ledger.connection)


def rebuild(ledger: Ledger) -> Iterator[tuple[int, int]]:
    """Drop heads, records, search words and caseload and make them from the journal; yield (done, total) steps.

    Half of the steps are the entries, of which the heads are made, half the records and case files made of those. All
    in one transaction: stopping the iteration leaves everything as it was.
    """
    with quick_imports(ledger), ledger.writing() as connection:
        total = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
        yield 0, 2 * total
        _empty(ledger)
        connection.execute("DELETE FROM head")
        connection.execute("DELETE FROM pending")
        connection.execute("DELETE FROM same_edge")
        connection.execute("DELETE FROM joined")
        connection.execute("DELETE FROM joined_case")
        last, done = 0, 0
        while rows := _some(ledger, last):
            last, done = rows[-1][0], done + len(rows)
            add_heads(ledger, [added(*row) for row in rows])
            yield done, 2 * total
        connection.execute(
            "DELETE FROM head WHERE (j, eid) IN (SELECT journal.j, eid FROM redacted JOIN journal USING (s, cid))"
        )
        sameness.note_edges(ledger)
        everything = [eid for (eid,) in connection.execute("SELECT eid FROM entity ORDER BY eid")]
        for made, of_all in _projecting(ledger, everything):
            yield total + total * made // max(of_all, 1), 2 * total
        audit_index.make(ledger)
        _note_tables(ledger)


def _some(ledger: Ledger, after: int) -> list[tuple[int, bytes, int, str]]:
    return ledger.connection.execute(
        "SELECT j, cid, eid, sem FROM journal WHERE j > ? ORDER BY j LIMIT ?", (after, _BATCH)
    ).fetchall()
