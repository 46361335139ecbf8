"""Writes what the live values of records make: their rows, what can be found of them, and the caseload."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from tac_desktop.casework.live import Folded, LiveFields, fold
from tac_desktop.storage import caseload_table, joined_cases, sameness, search_index
from tac_desktop.storage.form_tables import TABLES, FormTable, Row
from tac_desktop.storage.ledger import Ledger, chunks


class Touched(NamedTuple):
    """A record whose live values changed."""

    eid: int
    record_id: str
    stream: str
    form: str
    fields: LiveFields
    fresh: bool
    """Whether it is new: then it has no row yet."""
    known_last: str
    """The latest known_on of its new entries."""
    others: tuple[LiveFields, ...] = ()
    """The live values of the records that are shown as one with it."""
    hidden: bool = False
    """Whether it is shown under another one's id, or all that it said was erased: then it has no row."""
    whole: bool = False
    """Whether `known_last` is the latest of all its entries."""


class _Before(NamedTuple):
    searched: int | None
    known_last: str
    case_file: str


_NEW = _Before(None, "", "")


def project(ledger: Ledger, touched: Collection[Touched]) -> None:
    """Write the rows, search words and caseload rows of records whose live values changed. Within a transaction."""
    case_files, contacts = _project(ledger, touched)
    caseload_table.refresh(ledger.connection, case_files)
    caseload_table.note_contacts(ledger.connection, contacts)


def _project(ledger: Ledger, touched: Collection[Touched]) -> tuple[set[str], list[tuple[str, str]]]:
    """Write rows and search words; return whose caseload rows are to be reckoned, and the days of mere contacts."""
    spoken = sameness.is_spoken_of(ledger)
    if spoken:
        touched = _with_those_shown_as_one(ledger, touched)
    # of which nothing is live everything was erased
    touched = [one if one.fields or any(one.others) else one._replace(hidden=True) for one in touched]
    case_files: set[str] = set()
    contacts: list[tuple[str, str]] = []
    links = _Links(ledger, any_joined=spoken and sameness.any_joined(ledger))
    joined = joined_cases.known(ledger)
    for form, records in _by_form(touched).items():
        table = TABLES.get(form)
        if table is None:
            continue  # of a newer program: kept in the journal, shown after the update
        before = _rows_before(ledger, table, [record.eid for record in records if not record.fresh])
        _take_away(ledger, table, [record.eid for record in records if record.hidden], before)
        written = [(r, _row(table, r, before.get(r.eid, _NEW), links, joined)) for r in records if not r.hidden]
        _write(ledger, table, written, before)
        case_files.update(row.case_file for row in before.values())
        for record, row in written:
            day = caseload_table.day_of_mere_contact(table, row) if record.fresh else None
            if day is None:
                case_files.add(row.case_file)
            else:
                contacts.append((row.case_file, day))
    return case_files, contacts


def follow_the_woman(ledger: Ledger) -> None:
    """Write anew what is read under another case file than before, since both are of one woman, or are not any more.

    Within the transaction in which that was said, after all its records were written.
    """
    if joined_cases.is_spoken_of(ledger) and (changed := joined_cases.renew(ledger)):
        touched = joined_cases.records_in(ledger, changed)
        sameness.renew_all(ledger, touched)
        for some in chunks(touched):
            project(ledger, from_heads(ledger, some, ()))


def _with_those_shown_as_one(ledger: Ledger, touched: Collection[Touched]) -> Collection[Touched]:
    """Return the records to write if some were said to be the same: with their others, and those that link to them."""
    found = {record.eid: record for record in touched}
    sameness.note_edges(ledger, found)
    linked: set[int] = set()
    for group in sameness.spoken_of_together(ledger, found):
        records = {record.eid: record for record in from_heads(ledger, [member.eid for member in group], ())}
        stream = sameness.case_of(ledger, group)
        shown = sameness.shown_as(group, {eid: record.fields for eid, record in records.items()}, stream)
        if sameness.renew(ledger, group, shown):
            linked |= sameness.linked_to(ledger, stream, [member.uuid for member in group])
        found |= _as_shown(records, shown)
    linked -= found.keys()
    if linked:  # their own groups are as they were
        others = _with_those_shown_as_one(ledger, from_heads(ledger, linked, ()))
        found |= {record.eid: record for record in others if record.eid not in found}
    return found.values()


def _as_shown(records: Mapping[int, Touched], shown: Mapping[int, list[int]]) -> dict[int, Touched]:
    found: dict[int, Touched] = {}
    for one, several in shown.items():
        found |= {eid: records[eid]._replace(hidden=True) for eid in several}
        others = tuple(records[eid].fields for eid in several if eid != one)
        known_last = max(records[eid].known_last for eid in several)
        found[one] = records[one]._replace(others=others, known_last=known_last)
    return found


def project_all(ledger: Ledger, eids: Iterable[int]) -> Iterator[int]:
    """Write the rows of records from their heads, as if all of them were new; yield how many are done.

    The caseload is left as it is: a case file has records all over the journal, and is reckoned once after them.
    """
    done = 0
    for some in chunks(eids, 500):
        _project(ledger, from_heads(ledger, some))
        done += len(some)
        yield done
    follow_the_woman(ledger)


def from_heads(ledger: Ledger, eids: Collection[int], fresh: Collection[int] | None = None) -> list[Touched]:
    """Return records as their heads and entries in the database make them; without `fresh` all count as new."""
    live = ledger.live(eids)
    known = dict(ledger.connection.execute(
        "SELECT eid, max(known_on) FROM journal WHERE eid IN (SELECT value FROM json_each(?)) GROUP BY eid",
        (json.dumps(list(eids)),),
    ))  # fmt: skip
    rows = ledger.connection.execute(
        "SELECT eid, uuid, sid, form FROM entity JOIN stream USING (s) WHERE eid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(eids)),),
    ).fetchall()
    return [
        Touched(eid, uuid, sid, form, live[eid], fresh is None or eid in fresh, known.get(eid, ""), whole=True)
        for eid, uuid, sid, form in rows
    ]


def _by_form(touched: Iterable[Touched]) -> Mapping[str, list[Touched]]:
    grouped: dict[str, list[Touched]] = {}
    for record in touched:
        grouped.setdefault(record.form, []).append(record)
    return grouped


def _rows_before(ledger: Ledger, table: FormTable, eids: list[int]) -> dict[int, _Before]:
    sql = (
        f"SELECT _eid, _searched, _known_last, _case_file FROM {table.name}"
        " WHERE _eid IN (SELECT value FROM json_each(?))"
    )
    found: dict[int, _Before] = {}
    for some in chunks(eids):
        for eid, *row in ledger.connection.execute(sql, (json.dumps(some),)):
            found[eid] = _Before(*row)
    return found


def _write(ledger: Ledger, table: FormTable, written: list[tuple[Touched, Row]], before: Mapping[int, _Before]) -> None:
    """Write the rows and search words of records of one form."""
    words = [(before.get(record.eid, _NEW).searched, row.searched, row.words) for record, row in written]
    search_index.replace_all(ledger.connection, words)
    for sql, fresh in ((table.insert_sql, True), (table.replace_sql, False)):
        rows = [row.cells for record, row in written if record.fresh is fresh]
        if rows:
            ledger.connection.executemany(sql, rows)


def _take_away(ledger: Ledger, table: FormTable, eids: list[int], before: Mapping[int, _Before]) -> None:
    for eid in eids:
        search_index.replace(ledger.connection, before.get(eid, _NEW).searched, None, ("", ""))
        ledger.connection.execute(f"DELETE FROM {table.name} WHERE _eid = ?", (eid,))


class _Links:
    """Where links lead whose record is shown under another id, stream by stream."""

    def __init__(self, ledger: Ledger, *, any_joined: bool) -> None:
        self._ledger = ledger
        self._any = any_joined
        self._instead: dict[str, Mapping[str, str]] = {}

    def shown(self, table: FormTable, stream: str, folded: Folded) -> Folded:
        if not self._any:
            return folded
        if stream not in self._instead:
            self._instead[stream] = sameness.joined(self._ledger, stream)
        return sameness.with_shown_links(table, folded, self._instead[stream])


def _row(table: FormTable, record: Touched, before: _Before, links: _Links, joined: Mapping[str, str]) -> Row:
    known_last = record.known_last if record.whole else max(record.known_last, before.known_last)
    folded = links.shown(table, record.stream, fold(record.fields, *record.others))
    return table.row(record.eid, record.record_id, record.stream, folded, known_last, joined)
