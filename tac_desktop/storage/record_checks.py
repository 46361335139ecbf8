"""Checks the records against the journal: which answers are alive, what is shown as one, and each row."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tac_desktop.casework.live import LiveFields, fold
from tac_desktop.casework.sameness import partners
from tac_desktop.storage import joined_cases, sameness
from tac_desktop.storage.as_known import live_by_definition
from tac_desktop.storage.findings import Finding
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.ledger import Ledger

Named = Mapping[int, tuple[str, str, str]]
"""Id, stream and form of records, by their numbers."""

_WRONG_ROW = "The record is not what its entries make. Rebuilding the records mends this."


def check_records(ledger: Ledger, some: Sequence[int], records: Named) -> Iterator[Finding]:
    """Yield what is wrong with some records: with their live answers and with their rows."""
    spoken = sameness.is_spoken_of(ledger)
    groups = sameness.spoken_of_together(ledger, some) if spoken else []
    wanted = {*some, *(member.eid for group in groups for member in group)}
    defined, kept, last = live_by_definition(ledger, wanted), ledger.live(some), _known_last(ledger, wanted)
    for eid in some:
        if _as_set(defined.get(eid, {})) != _as_set(kept[eid]):
            yield Finding("records", records[eid][0], "Other answers are taken as live than the journal says.")
    shown = {eid: [eid] for eid in some}
    for group in groups:
        together = sameness.shown_as(group, defined, sameness.case_of(ledger, group))
        shown |= {member.eid: together.get(member.eid, []) for member in group}
        yield from _joined(ledger, group, together)
    if spoken:
        yield from _edges(ledger, some, defined, records)
    for eid in some:
        members = [defined.get(one, {}) for one in shown[eid]]
        yield from _row(ledger, eid, records[eid], members, max((last.get(one, "") for one in shown[eid]), default=""))


def _known_last(ledger: Ledger, eids: Iterable[int]) -> dict[int, str]:
    sql = "SELECT eid, max(known_on) FROM journal WHERE eid IN (SELECT value FROM json_each(?)) GROUP BY eid"
    return dict(ledger.connection.execute(sql, (json.dumps(list(eids)),)))


def _as_set(fields: LiveFields) -> set[tuple[str, int]]:
    return {(name, live.j) for name, several in fields.items() for live in several}


def _joined(ledger: Ledger, group: Sequence[sameness.Member], together: Mapping[int, list[int]]) -> Iterator[Finding]:
    for one, several in together.items():
        wrong = [eid for eid in several if sameness.shown_under(ledger, eid) != one]
        names = [member.uuid for member in group if member.eid in wrong]
        yield from (Finding("records", name, _WRONG_ROW) for name in names)


def _edges(ledger: Ledger, some: Iterable[int], defined: Mapping[int, LiveFields], records: Named) -> Iterator[Finding]:
    kept = set(ledger.connection.execute("SELECT eid, other FROM same_edge"))
    for eid in some:
        if any((eid, other) not in kept for other in partners(defined.get(eid, {}))):
            yield Finding("records", records[eid][0], _WRONG_ROW)


def _row(
    ledger: Ledger, eid: int, record: tuple[str, str, str], members: Sequence[LiveFields], last: str
) -> Iterator[Finding]:
    uuid, sid, form = record
    table = TABLES.get(form)
    if table is None:
        return
    kept = ledger.connection.execute(f"SELECT * FROM {table.name} WHERE _eid = ?", (eid,)).fetchone()
    expected: tuple[Any, ...] | None = None
    if any(members):
        led = sameness.joined(ledger, sid) if sameness.any_joined(ledger) else {}
        folded = sameness.with_shown_links(table, fold(*members), led)
        expected = table.row(eid, uuid, sid, folded, last, joined_cases.known(ledger)).cells
    if kept != expected:
        yield Finding("records", uuid, _WRONG_ROW)
