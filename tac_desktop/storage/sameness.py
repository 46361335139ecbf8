"""Which records are shown as one: kept beside the projection, and widening what must be written anew."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.fields import Link, Links
from tac_desktop.casework.live import Folded, LiveFields
from tac_desktop.casework.sameness import SAME, groups, partners, representative
from tac_desktop.storage import joined_cases
from tac_desktop.storage.form_tables import TABLES, FormTable
from tac_desktop.storage.ledger import Ledger

_AFTER_SAME = SAME[:-1] + chr(ord(SAME[-1]) + 1)


@dataclass(frozen=True)
class Member:
    """A record that was ever said to be the same as another one."""

    eid: int
    uuid: str
    s: int
    form: str


def is_spoken_of(ledger: Ledger) -> bool:
    """Say whether any two records were ever said to be the same: mostly none, and then nothing needs doing."""
    sql = "SELECT EXISTS (SELECT 1 FROM field WHERE name >= ? AND name < ?)"
    return bool(ledger.connection.execute(sql, (SAME, _AFTER_SAME)).fetchone()[0])


def note_edges(ledger: Ledger, eids: Collection[int] | None = None) -> None:
    """Note which records were said to be the same as others, whether that still holds or not; without `eids` of all."""
    within = "" if eids is None else " AND eid IN (SELECT value FROM json_each(?))"
    values = () if eids is None else (json.dumps(sorted(eids)),)
    ledger.connection.execute(
        f"INSERT OR IGNORE INTO same_edge SELECT eid, substr(name, {len(SAME) + 1}) FROM head JOIN field USING (fid)"
        f" WHERE name >= ? AND name < ?{within}",
        (SAME, _AFTER_SAME, *values),
    )


def spoken_of_together(ledger: Ledger, eids: Collection[int] | None = None) -> list[list[Member]]:
    """Return the groups of records of one stream and form, ever said to be the same: all, or those of `eids`."""
    sql = "SELECT eid, uuid, s, form, other FROM same_edge JOIN entity USING (eid)"
    edges: dict[tuple[int, str], dict[str, set[str]]] = {}
    for _, uuid, s, form, other in ledger.connection.execute(sql):
        edges.setdefault((s, form), {}).setdefault(uuid, set()).add(other)
    found: list[list[Member]] = []
    for (s, form), told in edges.items():
        for ids in groups(told):
            members = _members(ledger, ids, s, form)
            wanted = eids is None or not {member.eid for member in members}.isdisjoint(eids)
            if wanted and len(members) > 1:
                found.append(members)
    return found


def _members(ledger: Ledger, ids: Iterable[str], s: int, form: str) -> list[Member]:
    rows = ledger.connection.execute(
        "SELECT eid, uuid FROM entity WHERE uuid IN (SELECT value FROM json_each(?)) AND s = ? AND form = ?",
        (json.dumps(sorted(ids)), s, form),
    )
    return [Member(eid, uuid, s, form) for eid, uuid in rows]


def shown_as(members: Collection[Member], live: Mapping[int, LiveFields], stream: str) -> dict[int, list[int]]:
    """Return under which record each of the members is shown by these live values: a list for each that is shown."""
    here = {member.uuid: member.eid for member in members}
    told = {member.uuid: partners(live.get(member.eid, {})) for member in members}
    found: dict[int, list[int]] = {}
    for ids in groups(told):
        one = sorted(ids & here.keys())
        if one:
            found[here[representative(one, stream)]] = [here[uuid] for uuid in one]
    return found


def renew(ledger: Ledger, members: Collection[Member], shown: Mapping[int, Collection[int]]) -> bool:
    """Write under which record each member is shown; say whether that is another one than before."""
    numbers = json.dumps([member.eid for member in members])
    before = set(ledger.connection.execute(
        "SELECT eid, uuid, s, shown FROM joined WHERE eid IN (SELECT value FROM json_each(?))", (numbers,)
    ))  # fmt: skip
    names = {member.eid: member.uuid for member in members}
    owner = {eid: one for one, several in shown.items() for eid in several}
    now = {(m.eid, m.uuid, m.s, names[owner[m.eid]]) for m in members if owner[m.eid] != m.eid}
    if now == before:
        return False
    ledger.connection.execute("DELETE FROM joined WHERE eid IN (SELECT value FROM json_each(?))", (numbers,))
    ledger.connection.executemany("INSERT INTO joined VALUES (?, ?, ?, ?)", sorted(now))
    return True


def joined(ledger: Ledger, s: int) -> dict[str, str]:
    """Return for each record of a stream that is shown under another one's id that id."""
    return dict(ledger.connection.execute("SELECT uuid, shown FROM joined WHERE s = ?", (s,)))


def shown_with(ledger: Ledger, eid: int) -> list[int]:
    """Return all records that are shown as one with this one, itself among them, the shown one first.

    The cross join keeps SQLite from going through all records for the few that are joined.
    """
    uuid, s, form = ledger.connection.execute("SELECT uuid, s, form FROM entity WHERE eid = ?", (eid,)).fetchone()
    found = ledger.connection.execute("SELECT shown FROM joined WHERE eid = ?", (eid,)).fetchone()
    shown = found[0] if found else uuid
    rows = ledger.connection.execute(
        "SELECT eid, 1 FROM entity WHERE uuid = ?1 AND s = ?2 AND form = ?3 UNION ALL"
        " SELECT eid, 2 FROM joined CROSS JOIN entity USING (eid) WHERE shown = ?1 AND joined.s = ?2 AND form = ?3"
        " ORDER BY 2, 1",
        (shown, s, form),
    )
    return [number for number, _ in rows]


def shown_under(ledger: Ledger, eid: int) -> int:
    """Return the record under which a record is shown: mostly itself."""
    row = ledger.connection.execute(
        "SELECT o.eid FROM joined j JOIN entity e USING (eid)"
        " JOIN entity o ON (o.uuid, o.s, o.form) = (j.shown, e.s, e.form) WHERE j.eid = ?",
        (eid,),
    ).fetchone()
    return row[0] if row else eid


def any_joined(ledger: Ledger) -> bool:
    """Say whether any record is shown under another one's id."""
    return bool(ledger.connection.execute("SELECT EXISTS (SELECT 1 FROM joined)").fetchone()[0])


def shown_for(ledger: Ledger, is_among: Callable[[int], bool]) -> set[int]:
    """Return the records under which one of some others is shown, and which are not among those themselves."""
    rows = ledger.connection.execute(
        "SELECT j.eid, o.eid FROM joined j JOIN entity e USING (eid)"
        " JOIN entity o ON (o.uuid, o.s, o.form) = (j.shown, e.s, e.form)"
    )
    return {shown for eid, shown in rows if is_among(eid) and not is_among(shown)}


def linked_to(
    ledger: Ledger, stream: str, ids: Collection[str], tables: Iterable[FormTable] = TABLES.values()
) -> set[int]:
    """Return the records of a stream, in some tables or in all, that have a link to one of these records."""
    found: set[int] = set()
    asked = json.dumps(sorted(ids))
    for table in tables:
        within = "_case_file = ?" if table.form.keeping == "case" else "_stream = ?"
        for field in table.form.fields:
            if isinstance(field, Link | Links):
                named = f'"{field.name}" IN (SELECT value FROM json_each(?))'
                if isinstance(field, Links):
                    several = f'json_each("{field.name}") o, json_each(?) w'
                    named = f"EXISTS (SELECT 1 FROM {several} WHERE o.value = w.value)"
                sql = f"SELECT _eid FROM {table.name} WHERE {within} AND {named}"
                of = joined_cases.read_under(ledger, stream) if table.form.keeping == "case" else stream
                found.update(eid for (eid,) in ledger.connection.execute(sql, (of, asked)))
    return found


def with_shown_links(table: FormTable, folded: Folded, instead: Mapping[str, str]) -> Folded:
    """Return a record whose links to records that are shown under another id lead there."""
    changed: dict[str, Answer] = {}
    for field in table.form.fields:
        answer = folded.answers.get(field.name)
        match field, answer:
            case Link(), str() if answer in instead:
                changed[field.name] = instead[answer]
            case Links(), tuple() if not instead.keys().isdisjoint(answer):
                changed[field.name] = tuple(sorted({instead.get(one, one) for one in answer}))
            case _:
                pass
    return replace(folded, answers=dict(folded.answers) | changed) if changed else folded
