"""Checks a vault through and through: pages, hashes and chains, records against the journal, attachments.

Everything is read, nothing is changed. A finding says what is wrong and where, without any answer.
"""

import json
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from tac_desktop.casework.journal import b64, change_id, commitment, decode_sem, stream_chain
from tac_desktop.casework.live import LiveFields, fold
from tac_desktop.storage import attachments, caseload_table
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.ledger import Ledger, chunks
from tac_desktop.storage.reading import live_by_definition

Part: TypeAlias = Literal["pages", "entries", "chains", "signatures", "records", "caseload", "attachments", "drafts"]
HeadCheck: TypeAlias = Callable[[bytes, bytes, str, int, bytes, bytes], bool]
"""Says whether a signature holds: the device's key, incarnation, stream, number of entries, chain, signature."""

_BATCH = 2000
_PAGE = re.compile(r"page (\d+)")


@dataclass(frozen=True)
class Finding:
    """Something that is wrong."""

    part: Part
    where: str
    """Page, entry, stream, record or attachment, by its number or id."""
    what: str


@dataclass(frozen=True)
class Step:
    """How far the check is, and what it found since the last step."""

    part: Part
    done: int
    total: int
    findings: tuple[Finding, ...] = ()


def check(ledger: Ledger, verify: HeadCheck | None = None) -> Iterator[Step]:
    """Check everything; what others write meanwhile is no damage, and waits for one part at most; see `Store.check`."""
    yield Step("pages", 0, 2)
    # the seals first and told at once: the other check ends where it meets a page that it cannot read
    yield Step("pages", 1, 2, tuple(_seals(ledger.connection)))
    yield Step("pages", 2, 2, tuple(_structure(ledger.connection)))
    with _one_moment(ledger.connection):
        readable = yield from _entries(ledger)
        signatures = tuple(_signatures(ledger, verify) if verify else ())
    yield Step("signatures", 1, 1, signatures)
    if readable:
        yield from _records(ledger)
        with _one_moment(ledger.connection):
            caseload = tuple(_caseload(ledger))
        yield Step("caseload", 1, 1, caseload)
    yield from _attachments(ledger)


@contextmanager
def _one_moment(connection: Connection) -> Generator[None]:
    """Have everything in this block read from one state of the database, whoever writes meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def check_drafts(connection: Connection) -> Generator[Finding]:
    """Yield what is wrong with the pages of drafts.db; what it holds is nobody's answer yet."""
    with _one_moment(connection):
        for part in (_seals, _structure):
            for finding in part(connection):
                yield replace(finding, part="drafts")


def _seals(connection: Connection) -> Iterator[Finding]:
    for (text,) in connection.execute("PRAGMA cipher_integrity_check"):
        number = _PAGE.search(text)
        where = f"page {number[1]}" if number else "the end of the file"
        yield Finding("pages", where, "A page of the database does not have the seal that it should have.")


def _structure(connection: Connection) -> Iterator[Finding]:
    for number, (text,) in enumerate(connection.execute("PRAGMA integrity_check")):
        if text != "ok":
            yield Finding("pages", f"structure {number + 1}", "The structure of the database is damaged.")


def _entries(ledger: Ledger) -> Generator[Step, None, bool]:
    """Check each entry and its place; return whether all can be read, so that the records can be held against them."""
    connection = ledger.connection
    total = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
    chains: dict[tuple[int, int], tuple[int, bytes]] = {}
    sql = (
        "SELECT j, r, s, sseq, cid, sem, hlc, known_on, version, uuid, form, sid, salt, payload FROM journal"
        " JOIN entity USING (eid, s) JOIN stream USING (s) LEFT JOIN content USING (j) ORDER BY r, s, sseq"
    )
    found, done, readable = list[Finding](), 0, True
    for done, row in enumerate(connection.execute(sql), start=1):
        readable = readable and change_id(row[5].encode()) == row[4]
        found.extend(_entry(row))
        found.extend(_link(chains, *row[:5]))
        if done % _BATCH == 0:
            yield Step("entries", done, total, tuple(found))
            found.clear()
    if done != total:
        found.append(Finding("entries", f"{total - done} rows", "Entries belong to no record or stream."))
    yield Step("entries", total, total, tuple(found))
    yield Step("chains", 1, 1, tuple(_ends(ledger, chains)))
    return readable


def _entry(row: Sequence[Any]) -> Iterator[Finding]:
    j, _, _, _, cid, text, hlc, known_on, version, uuid, form, sid, salt, payload = row
    raw = text.encode()
    if change_id(raw) != cid:
        yield Finding("entries", f"entry {j}", "The entry is not the one that its id was made of.")
        return
    sem = decode_sem(raw)
    told = (sem.hlc, sem.known_on, sem.version, sem.record_id, sem.form, sem.stream)
    if told != (hlc, known_on, version, uuid, form, sid):
        yield Finding("entries", f"entry {j}", "The entry is filed under another record, day or version than it says.")
    if salt is not None and payload is not None and b64(commitment(salt, payload.encode())) != sem.commitment:
        yield Finding("entries", f"entry {j}", "The answers of the entry are not those that it was written with.")


def _link(
    chains: dict[tuple[int, int], tuple[int, bytes]], j: int, r: int, s: int, sseq: int, cid: bytes
) -> Iterator[Finding]:
    before, chain = chains.get((r, s), (0, b""))
    if sseq != before + 1:
        yield Finding("chains", f"entry {j}", "Entries are missing before this one.")
    chains[r, s] = (sseq, stream_chain(chain, cid, sseq))


def _ends(ledger: Ledger, chains: dict[tuple[int, int], tuple[int, bytes]]) -> Iterator[Finding]:
    kept = {
        (r, s): (sseq, chain) for r, s, sseq, chain in ledger.connection.execute("SELECT r, s, sseq, chain FROM sv")
    }
    for r, s in sorted(chains.keys() | kept.keys()):
        if chains.get((r, s)) != kept.get((r, s)):
            yield Finding(
                "chains", f"history {r}/{s}", "A history does not end where it should: entries were lost or altered."
            )


def _signatures(ledger: Ledger, verify: HeadCheck) -> Iterator[Finding]:
    sql = (
        "SELECT r, s, o.key, rid, sid, v.sseq, v.chain, h.signature FROM signed_head h JOIN sv v USING (r, s, sseq)"
        " JOIN origin o USING (r) JOIN replica USING (r) JOIN stream USING (s) WHERE length(o.key) > 0"
    )
    for r, s, key, rid, sid, sseq, chain, signature in ledger.connection.execute(sql):
        if not verify(key, rid, sid, sseq, chain, signature):
            yield Finding("signatures", f"history {r}/{s}", "The signature under which a history came does not hold.")


def _records(ledger: Ledger) -> Iterator[Step]:
    rows = ledger.connection.execute("SELECT eid, uuid, sid, form FROM entity JOIN stream USING (s)").fetchall()
    records = {eid: (uuid, sid, form) for eid, uuid, sid, form in rows}
    done = 0
    for some in chunks(records, _BATCH):
        with _one_moment(ledger.connection):
            found = tuple(_some_records(ledger, some, records))
        done += len(some)
        yield Step("records", done, len(records), found)


def _some_records(
    ledger: Ledger, some: Sequence[int], records: Mapping[int, tuple[str, str, str]]
) -> Iterator[Finding]:
    defined, kept = live_by_definition(ledger, some), ledger.live(some)
    last = _known_last(ledger, some)
    for eid in some:
        fields = defined.get(eid, {})
        if _as_set(fields) != _as_set(kept[eid]):
            yield Finding("records", records[eid][0], "Other answers are taken as live than the journal says.")
        yield from _row(ledger, eid, records[eid], fields, last.get(eid, ""))


def _known_last(ledger: Ledger, eids: Iterable[int]) -> dict[int, str]:
    sql = "SELECT eid, max(known_on) FROM journal WHERE eid IN (SELECT value FROM json_each(?)) GROUP BY eid"
    return dict(ledger.connection.execute(sql, (json.dumps(list(eids)),)))


def _as_set(fields: LiveFields) -> set[tuple[str, int]]:
    return {(name, live.j) for name, several in fields.items() for live in several}


def _row(ledger: Ledger, eid: int, record: tuple[str, str, str], fields: LiveFields, last: str) -> Iterator[Finding]:
    uuid, sid, form = record
    table = TABLES.get(form)
    if table is None:
        return
    expected: tuple[Any, ...] = table.row(eid, uuid, sid, fold(fields), last).cells
    kept = ledger.connection.execute(f"{table.select_sql} WHERE _eid = ?", (eid,)).fetchone()
    if kept != expected:
        yield Finding("records", uuid, "The record is not what its entries make. Rebuilding the records mends this.")


def _caseload(ledger: Ledger) -> Iterator[Finding]:
    for case_file in caseload_table.wrong_rows(ledger.connection):
        yield Finding(
            "caseload", case_file, "The caseload shows something else than the records. Rebuilding mends this."
        )


def _attachments(ledger: Ledger) -> Iterator[Step]:
    names = [bytes(row[0]).hex() for row in ledger.connection.execute("SELECT sha256 FROM blob ORDER BY b")]
    for done, sha256 in enumerate(names, start=1):
        sound = attachments.is_sound(ledger.connection, sha256)
        found = (
            () if sound else (Finding("attachments", sha256, "The attachment's bytes are missing or were altered."),)
        )
        yield Step("attachments", done, len(names), found)
