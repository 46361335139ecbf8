"""Reads records: as they are, as they were known on a day, and how they came to be."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from tac_desktop.casework.journal import SESSION, JsonValue, Sem, b64, decode_sem
from tac_desktop.casework.live import text_id
from tac_desktop.casework.record import Record, derived_id
from tac_desktop.casework.same_woman import streams_of, what_counts
from tac_desktop.storage import joined_cases, sameness
from tac_desktop.storage.as_known import records_as_known
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.ledger import Ledger


@dataclass(frozen=True, kw_only=True)
class PastEntry:
    """One entry of a record's history."""

    cid: str
    sem: Sem
    at: str
    """When it was written, by the clock of the computer where it was (ISO, UTC)."""
    values: dict[str, JsonValue] | None
    """What was written, by journal field; None where it was erased by law."""
    incarnation: bytes
    sseq: int
    """The how-many-eth entry of its incarnation in its stream it is, from 1."""
    clock_uncertain: bool = False
    """Whether it is one's own, and this computer's clock was behind when it was written."""


def record(ledger: Ledger, record_id: str, form: str = "", case_file: str = "") -> Record | None:
    """Return the record with this id as it is now; None if there is none, or it was deleted; see `Store.record`.

    Of records that are shown as one each one's id leads to the one that is shown.
    """
    for eid, its_form in _numbers(ledger, record_id, form, case_file):
        table = TABLES.get(its_form)
        if table:
            sql = f"{table.select_sql} WHERE _eid = ? AND NOT _deleted"
            if row := ledger.connection.execute(sql, (sameness.shown_under(ledger, eid),)).fetchone():
                return table.record(row)
    return None


def _numbers(ledger: Ledger, record_id: str, form: str, case_file: str) -> list[tuple[int, str]]:
    """Return number and form of the records with this id, a mother's own first, else in one order in all vaults.

    Somebody may have used the id once more, in another stream or form; of a mother it can be guessed. Only who names
    both is never shown another record.
    """
    sql = (
        "SELECT eid, form FROM entity JOIN stream USING (s) WHERE uuid = ?1 AND ?2 IN ('', form)"
        " AND (?3 = '' OR kind <> 'case' OR sid IN (SELECT value FROM json_each(?4)))"
        " ORDER BY form = 'mother' AND sid = uuid DESC, sid, form"
    )
    streams = streams_of(case_file, joined_cases.known(ledger)) if case_file else ()
    return ledger.connection.execute(sql, (record_id, form, case_file, json.dumps(streams))).fetchall()


def records(
    ledger: Ledger, form: str, case_file: str | None, known_on: str | None, *, removed: bool = False,
    ahead: bool = False,
) -> list[Record]:  # fmt: skip
    """Return the records of a form, oldest own date first; see `Store.records`."""
    table = TABLES[form]
    if known_on is not None:
        return records_as_known(ledger, table, case_file, known_on, ahead=ahead)
    where, values = within(ledger, case_file)
    sql = f"{table.select_sql} WHERE _deleted = {removed:d}{where} ORDER BY _own_date"
    found = [table.record(row) for row in ledger.connection.execute(sql, values)]
    found.sort(key=table.place)  # asked for that order, the database would sort whole rows; by date it has an index
    return what_counts(form, found, table.form.own_date) if joined_cases.any_joined(ledger.connection) else found


def within(ledger: Ledger, case_file: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the condition for the rows of one case file as it is read, '' for all, and its values."""
    return ("", ()) if case_file is None else (" AND _case_file = ?", (joined_cases.read_under(ledger, case_file),))


_CELLS = "SELECT j.cid, j.sem, j.hlc, payload, r.rid, j.sseq"
# the cross joins keep SQLite from going through the whole journal
_PAST = f"{_CELLS} FROM entity e CROSS JOIN journal j USING (eid) JOIN replica r USING (r) LEFT JOIN content USING (j)"
_PAST_OF_STREAM = f"{_CELLS} FROM replica r CROSS JOIN journal j USING (r) LEFT JOIN content USING (j)"


def history(ledger: Ledger, record_id: str, form: str = "", case_file: str = "") -> list[PastEntry]:
    """Return all entries of a record, and of those shown as one with it, the oldest first; see `Store.history`."""
    eids = {eid for eid, _ in _numbers(ledger, record_id, form, case_file)[:1]}
    if sameness.any_joined(ledger):
        eids = {other for eid in eids for other in sameness.shown_with(ledger, eid)}
    sql = f"{_PAST} WHERE e.eid IN (SELECT value FROM json_each(?)) ORDER BY j.hlc, r.rid"
    return _past(ledger, sql, json.dumps(sorted(eids)))


def entries(ledger: Ledger, stream: str, forms: Collection[str] = ()) -> list[PastEntry]:
    """Return all entries of a stream, or those of some forms, the oldest first by the clocks of their writing."""
    of_stream = "j.s = (SELECT s FROM stream WHERE sid = ?)"
    if not forms:
        return _past(ledger, f"{_PAST_OF_STREAM} WHERE {of_stream} ORDER BY j.hlc, r.rid", stream)
    of_forms = "e.s = (SELECT s FROM stream WHERE sid = ?1 ->> 0) AND e.form IN (SELECT value FROM json_each(?1 -> 1))"
    asked = json.dumps([stream, sorted(forms)])
    return _past(ledger, f"{_PAST} WHERE {of_forms} ORDER BY j.hlc, r.rid", asked)


def entries_of(ledger: Ledger, form: str) -> list[PastEntry]:
    """Return all entries of the records of a form, whichever stream they lie in, the oldest first by their clocks."""
    return _past(ledger, f"{_PAST} WHERE e.form = ? ORDER BY j.hlc, r.rid", form)


def _past(ledger: Ledger, sql: str, asked: str) -> list[PastEntry]:
    found: list[PastEntry] = []
    uncertain: dict[bytes, bool] = {}
    for cid, text, hlc, payload, rid, sseq in ledger.connection.execute(sql, (asked,)).fetchall():
        sem = decode_sem(text.encode())
        values = None if payload is None else dict(zip(sem.fields, json.loads(payload), strict=False))
        if rid not in uncertain:
            uncertain[rid] = _had_uncertain_clock(ledger, rid)
        found.append(PastEntry(
            cid=text_id(cid), sem=sem, at=moment(hlc), values=values, incarnation=rid, sseq=sseq,
            clock_uncertain=uncertain[rid],
        ))  # fmt: skip
    return found


def _had_uncertain_clock(ledger: Ledger, rid: bytes) -> bool:
    """Say whether the session of an incarnation tells that the computer's clock was behind; others' sessions stay."""
    row = ledger.connection.execute(
        "SELECT sem, payload FROM entity JOIN journal USING (eid) JOIN content USING (j) WHERE uuid = ? AND form = ?",
        (derived_id(SESSION, b64(rid)), SESSION),
    ).fetchone()
    return bool(row) and dict(zip(decode_sem(row[0].encode()).fields, json.loads(row[1]), strict=False)).get(
        "clock_uncertain", False
    )


def moment(hlc: int) -> str:
    """Return the wall clock's part of an entry's clock (ISO, UTC, milliseconds)."""
    try:
        return datetime.fromtimestamp((hlc >> 16) / 1000, UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError):
        return ""  # of a clock that was far out
