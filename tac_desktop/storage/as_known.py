"""Records as they were known on a day: from the entries that were known then, folded by definition."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from tac_desktop.casework import same_woman
from tac_desktop.casework.alternatives import Alternative, alternatives
from tac_desktop.casework.journal import Sem, decode_sem
from tac_desktop.casework.live import Folded, Live, LiveFields, fold, text_id
from tac_desktop.casework.record import Record
from tac_desktop.storage import joined_cases, sameness
from tac_desktop.storage.form_tables import TABLES, FormTable
from tac_desktop.storage.ledger import Ledger, chunks


def records_as_known(
    ledger: Ledger, table: FormTable, case_file: str | None, day: str, *, ahead: bool = False
) -> list[Record]:
    """Return the records of a form as they were known on a day (ISO), oldest own date first; see `Store.records`."""
    then = _Then(ledger, table, case_file, day)
    where, values = then.within(case_file)
    unchanged = f"{table.select_sql} WHERE NOT _deleted AND _known_last <= ?{where}"
    rows = ledger.connection.execute(unchanged, (day, *values))
    found = [then.as_read(table.record(row)) for row in rows if row[0] not in then.other_than_now]
    changed = f"SELECT _eid FROM {table.name} WHERE _known_last > ?{where}"
    later = {eid for (eid,) in ledger.connection.execute(changed, (day, *values))}
    found += then.records(later | then.other_than_now)
    dated = [(record.text(table.form.own_date), record.id, record) for record in found]
    known = [record for own_date, _, record in sorted(dated, key=lambda row: row[:2]) if ahead or own_date[:10] <= day]
    return then.that_count(known, case_file)


def alternatives_as_known(ledger: Ledger, table: FormTable, records: Iterable[Record], day: str) -> list[Alternative]:
    """Return what records of a form, as they were known on a day, would be with each of their other live answers."""
    contested = {record.id: record for record in records if record.conflicts}
    if not contested:
        return []
    then = _Then(ledger, table, None, day)
    rows = ledger.connection.execute(
        "SELECT eid, uuid, sid FROM entity JOIN stream USING (s)"
        " WHERE uuid IN (SELECT value FROM json_each(?)) AND form = ? ORDER BY uuid",
        (json.dumps(sorted(contested)), table.form.name),
    ).fetchall()
    return [
        alternative
        for eid, record_id, stream in rows
        for alternative in alternatives(
            then.members(eid), contested[record_id], partial(then.record, record_id, stream)
        )
    ]


class _Then:
    """What was shown as one on a day, and where links led."""

    def __init__(self, ledger: Ledger, table: FormTable, case_file: str | None, day: str) -> None:
        self._ledger, self._table, self._day = ledger, table, day
        self._shown: dict[int, list[int]] = {}
        self._instead: dict[str, dict[str, str]] = {}
        self.other_than_now: set[int] = set()
        """Records that were not shown as one with those with which they are now, or the other way about, or whose links
        led elsewhere."""
        self._joined: Mapping[str, str] | None = None
        all_that_was_said = table.form.name == same_woman.FORM and case_file is None
        if not all_that_was_said and joined_cases.is_spoken_of(ledger):
            said = records_as_known(ledger, TABLES[same_woman.FORM], None, day)
            self._joined = joined_cases.reckoned(ledger, said)
        if sameness.is_spoken_of(ledger):
            self._look_back(case_file)

    def within(self, case_file: str | None) -> tuple[str, tuple[str, ...]]:
        """Return the condition for all that may belong to a case file as it was read then, and its values."""
        if case_file is None or self._joined is None:
            return ("", ()) if case_file is None else (" AND _case_file = ?", (case_file,))
        now = joined_cases.known(self._ledger)
        read = {now.get(one, one) for one in same_woman.streams_of(case_file, self._joined)}
        return " AND _case_file IN (SELECT value FROM json_each(?))", (json.dumps(sorted(read)),)

    def as_read(self, record: Record) -> Record:
        """Return a record in the case file under which it was read then."""
        return record if self._joined is None else joined_cases.with_case_file(self._table, record, self._joined)

    def that_count(self, records: list[Record], case_file: str | None) -> list[Record]:
        """Return those of these records that counted then, in the case file under which one was read."""
        if self._joined is None:
            return records
        wanted = None if case_file is None else self._joined.get(case_file, case_file)
        found = [record for record in records if wanted in (None, record.case_file)]
        return same_woman.what_counts(self._table.form.name, found, self._table.form.own_date)

    def _look_back(self, case_file: str | None) -> None:
        ledger = self._ledger
        read = joined_cases.known(ledger) if self._joined is None else self._joined
        streams = same_woman.streams_of(case_file or "", read)
        for group in sameness.spoken_of_together(ledger, read=read):
            stream = ledger.stream_id(group[0].s)
            if case_file is not None and stream not in streams and self._table.form.keeping == "case":
                continue
            live = live_on(ledger, [member.eid for member in group], self._day)
            known = [member for member in group if member.eid in live]
            shown = sameness.shown_as(known, live, read.get(stream, stream))
            names = {member.eid: member.uuid for member in group}
            instead = {names[eid]: names[one] for one, several in shown.items() for eid in several if eid != one}
            for each in same_woman.streams_of(stream, read):
                self._instead.setdefault(each, {}).update(instead)
            then = {eid: set(several) for several in shown.values() for eid in several}
            if any(then.get(eid, {eid}) != set(sameness.shown_with(ledger, eid)) for eid in names):
                linked = sameness.linked_to(ledger, stream, set(names.values()), [self._table])
                self.other_than_now |= {eid for eid in linked if eid not in names}
                if group[0].form == self._table.form.name:
                    self.other_than_now |= names.keys()
            if group[0].form == self._table.form.name:
                self._shown |= shown | {eid: [] for eid in names if eid not in shown}

    def records(self, eids: Collection[int]) -> Iterator[Record]:
        wanted = {other for eid in eids for other in (eid, *self._shown.get(eid, ()))}
        ids = json.dumps(sorted(eids))
        rows = self._ledger.connection.execute(
            "SELECT eid, uuid, sid FROM entity JOIN stream USING (s) WHERE eid IN (SELECT value FROM json_each(?))",
            (ids,),
        ).fetchall()
        then = live_on(self._ledger, wanted, self._day)
        for eid, record_id, stream in rows:
            several = [then[one] for one in self._shown.get(eid, [eid]) if then.get(one)]
            if several and not (folded := fold(*several)).deleted:
                yield self.record(record_id, stream, folded)

    def members(self, eid: int) -> list[LiveFields]:
        """Return the live values of a record, and of those with which it was shown as one."""
        several = self._shown.get(eid, [eid])
        then = live_on(self._ledger, several, self._day)
        return [then[one] for one in several if then.get(one)]

    def record(self, record_id: str, stream: str, folded: Folded) -> Record:
        """Return the record that live values make, with its links as they led."""
        led = sameness.with_shown_links(self._table, folded, self._instead.get(stream, {}))
        return self.as_read(self._table.record_of(record_id, stream, led))


def live_on(ledger: Ledger, eids: Collection[int], day: str) -> dict[int, LiveFields]:
    """Return the answers of records that were live if only what was known on a day counts."""
    by_record: dict[int, list[tuple[Sem, Live]]] = {}
    for some in chunks(eids):
        for eid, sem, live in _entries(ledger, some, day):
            by_record.setdefault(eid, []).append((sem, live))
    return {eid: _live(entries) for eid, entries in by_record.items()}


def live_by_definition(ledger: Ledger, eids: Collection[int]) -> dict[int, LiveFields]:
    """Return the live answers of records from their entries alone, without the heads: to check the heads against."""
    return live_on(ledger, eids, "9999-12-31")


def _entries(ledger: Ledger, eids: Collection[int], day: str) -> Iterator[tuple[int, Sem, Live]]:
    sql = (
        "SELECT j.eid, j.sem, j.hlc, r.rid, j.cid, j.j, j.known_on, j.version, c.payload FROM journal j"
        " JOIN replica r USING (r) LEFT JOIN content c USING (j)"
        " WHERE j.eid IN (SELECT value FROM json_each(?)) AND j.known_on <= ?"
    )
    for eid, sem, hlc, rid, cid, j, known_on, version, payload in ledger.connection.execute(
        sql, (json.dumps(list(eids)), day)
    ):
        values: Any = json.loads(payload) if payload is not None else None
        yield eid, decode_sem(sem.encode()), Live(hlc, rid, text_id(cid), j, known_on, version, values)


def _live(entries: Iterable[tuple[Sem, Live]]) -> LiveFields:
    """Fold the entries of one record by definition: alive is what no known entry of the record replaces (P2)."""
    known: Mapping[str, tuple[Sem, Live]] = _first_of_each(entries)
    replaced = {(cid, name) for sem, _ in known.values() for cid, names in sem.supersedes.items() for name in names}
    fields: LiveFields = {}
    for cid, (sem, live) in known.items():
        values: Any = live.value
        if values is None:
            continue  # erased
        for name, value in zip(sem.fields, values, strict=False):
            if (cid, name) not in replaced:
                fields.setdefault(name, []).append(live._replace(value=value))
    return fields


def _first_of_each(entries: Iterable[tuple[Sem, Live]]) -> dict[str, tuple[Sem, Live]]:
    """Return each change once, at its first row and of the smallest incarnation: it may lie at several places."""
    found: dict[str, tuple[Sem, Live]] = {}
    for sem, live in sorted(entries, key=lambda entry: entry[1].j):
        before = found.get(live.cid)
        found[live.cid] = (sem, before[1]._replace(rid=min(before[1].rid, live.rid)) if before else live)
    return found
