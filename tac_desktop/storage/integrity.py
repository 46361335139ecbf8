"""Checks a vault through and through: pages, hashes and chains, records against the journal, attachments.

Everything is read, nothing is changed. A finding says what is wrong and where, without any answer.
"""

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeAlias

from tac_desktop.casework.journal import b64, change_id, commitment, decode_sem
from tac_desktop.storage import attachments, caseload_table, joined_cases
from tac_desktop.storage.audit_index import check_rows
from tac_desktop.storage.binding import Connection, troubles
from tac_desktop.storage.chain_checks import ChainChecks
from tac_desktop.storage.device_checks import EndCheck, check_devices
from tac_desktop.storage.erasing import named_by
from tac_desktop.storage.findings import Finding, Step
from tac_desktop.storage.histories import chain_at
from tac_desktop.storage.ledger import Ledger, chunks
from tac_desktop.storage.long_statements import Watch, followed
from tac_desktop.storage.losses import still_lost
from tac_desktop.storage.own_keys import former_keys, key_of
from tac_desktop.storage.record_checks import check_records

HeadCheck: TypeAlias = Callable[[bytes, bytes, str, int, bytes, bytes], bool]
"""Says whether a signature holds: the device's key (empty for this vault's own), incarnation, stream, number of
entries, chain, signature."""

_BATCH = 2000
_PAGE = re.compile(r"page (\d+)")


def check(
    ledger: Ledger, connect: Callable[[], Connection], verify: HeadCheck | None = None, ends: EndCheck | None = None
) -> Iterator[Step]:
    """Check everything; what others write meanwhile is no damage, and waits for one part at most (`Upkeep.check`)."""
    # the seals first and told at once: the other check ends where it meets a page that it cannot read
    for place, look in enumerate((_seals, _structure)):
        found = yield from _aside(connect, look, place)
        yield Step("pages", place + 1, 2, found)
    with _one_moment(ledger.connection):
        readable = yield from _entries(ledger)
        signatures = tuple(_signatures(ledger, verify) if verify else ())
        yield Step("signatures", 1, 1, signatures)
        if readable:
            yield from (Step("audit", 0, 1, found) for found in check_devices(ledger.connection, ends))
            yield from (Step("audit", *step) for step in check_rows(ledger.connection))
    if readable:
        yield from _records(ledger)
        with _one_moment(ledger.connection):
            caseload = tuple(_caseload(ledger))
        yield Step("caseload", 1, 1, caseload)
    yield from _attachments(ledger)
    with _one_moment(ledger.connection):
        lost = tuple(still_lost(ledger.connection))
    yield Step("losses", 1, 1, lost)


def _aside(
    connect: Callable[[], Connection], look: Callable[[Connection], Iterator[Finding]], done: int
) -> Generator[Step, None, tuple[Finding, ...]]:
    """Have one statement that goes over all pages run in a thread of its own, so that the check can be stopped."""

    def looked(watch: Watch) -> tuple[Finding, ...]:
        with watch.over(connect()) as connection, troubles():
            return tuple(look(connection))

    steps = followed(looked)
    try:
        while True:
            next(steps)
            yield Step("pages", done, 2)
    except StopIteration as end:
        return end.value
    finally:
        steps.close()


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
    chains = ChainChecks(connection)
    sql = (
        "SELECT j, r, s, sseq, cid, sem, hlc, known_on, version, uuid, form, sid, salt, payload FROM journal"
        " JOIN entity USING (eid, s) JOIN stream USING (s) LEFT JOIN content USING (j) ORDER BY r, s, sseq"
    )
    erasing = _Erasing(connection)
    found, done, readable = list[Finding](), 0, True
    for done, row in enumerate(connection.execute(sql), start=1):
        readable = readable and change_id(row[5].encode()) == row[4]
        found.extend(_entry(row))
        found.extend(chains.look_at(*row[:5]))
        found.extend(erasing.look_at(row))
        if done % _BATCH == 0:
            yield Step("entries", done, total, tuple(found))
            found.clear()
    if done != total:
        found.append(Finding("entries", f"{total - done} rows", "Entries belong to no record or stream."))
    found.extend(erasing.unfounded())
    yield Step("entries", total, total, tuple(found))
    yield Step("chains", 1, 1, tuple(chains.ends()))
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


class _Erasing:
    """Holds what was erased against the entries that say so."""

    def __init__(self, connection: Connection) -> None:
        self._kept = {(s, cid) for s, cid in connection.execute("SELECT s, cid FROM redacted")}
        self._told: set[tuple[int, bytes]] = set()

    def look_at(self, row: Sequence[Any]) -> Iterator[Finding]:
        j, _, s, _, cid, text, *_, salt, payload = row
        if (
            text.startswith("[1,")
            and change_id(text.encode()) == cid
            and (sem := decode_sem(text.encode())).op == "redact"
        ):
            self._told |= {(s, named) for named in named_by(sem.fields)}
        if (salt is None or payload is None) != ((s, cid) in self._kept):
            yield Finding("entries", f"entry {j}", "What the entry said is gone without a reason, or should be gone.")

    def unfounded(self) -> Iterator[Finding]:
        for _, cid in sorted(self._kept ^ self._told):
            yield Finding("entries", f"entry {b64(cid)[:8]}", "It is not told rightly whether the entry was erased.")


def _signatures(ledger: Ledger, verify: HeadCheck) -> Iterator[Finding]:
    sql = (
        "SELECT r, s, o.key, o.nonce, rid, sid, h.sseq, v.sseq, v.chain, h.signature FROM signed_head h"
        " JOIN sv v USING (r, s) JOIN origin o USING (r) JOIN replica USING (r) JOIN stream USING (s)"
    )
    former = former_keys(ledger.connection)
    for r, s, key, nonce, rid, sid, sseq, end, chain, signature in ledger.connection.execute(sql).fetchall():
        there = chain if sseq == end else chain_at(ledger, r, s, sseq)
        if sseq > end or not verify(key or key_of(former, rid, nonce), rid, sid, sseq, there, signature):
            yield Finding(
                "signatures", f"history {r}/{s}", "A history is not the one that was signed when it was sent."
            )


def _records(ledger: Ledger) -> Iterator[Step]:
    rows = ledger.connection.execute("SELECT eid, uuid, sid, form FROM entity JOIN stream USING (s)").fetchall()
    records = {eid: (uuid, sid, form) for eid, uuid, sid, form in rows}
    done = 0
    for some in chunks(records, _BATCH):
        with _one_moment(ledger.connection):
            found = tuple(check_records(ledger, some, records))
        done += len(some)
        yield Step("records", done, len(records), found)


def _caseload(ledger: Ledger) -> Iterator[Finding]:
    if joined_cases.known(ledger) != joined_cases.reckoned(ledger, joined_cases.said(ledger)):
        what = "Other case files are read as one than was said to be of one woman. Rebuilding the records mends this."
        yield Finding("caseload", "joined_case", what)
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
