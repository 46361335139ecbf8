"""Which records are shown as one: kept beside the projection, and widening what must be written anew."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.fields import Link, Links
from tac_desktop.casework.live import Folded, LiveFields
from tac_desktop.casework.same_woman import streams_of
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


def spoken_of_together(
    ledger: Ledger, eids: Collection[int] | None = None, read: Mapping[str, str] | None = None
) -> list[list[Member]]:
    """Return the groups of records of one case file and form, ever said to be the same: all, or those of `eids`.

    A record of which that was said alone, or whose partners lie in another case file, is a group of its own.

    Args:
        ledger: Where they lie.
        eids: Only the groups of these.
        read: Which case files are read under another one; None for now.
    """
    read = joined_cases.known(ledger) if read is None else read
    told: dict[str, dict[str, set[str]]] = {}
    sql = "SELECT uuid, form, other FROM same_edge JOIN entity USING (eid)"
    for uuid, form, other in ledger.connection.execute(sql):
        told.setdefault(form, {}).setdefault(uuid, set()).add(other)
    found: list[list[Member]] = []
    for form, edges in told.items():
        for ids in groups(edges):
            found += _by_case(ledger, ids, form, read)
    if eids is None:
        return found
    return [members for members in found if not {member.eid for member in members}.isdisjoint(eids)]


def _by_case(ledger: Ledger, ids: Iterable[str], form: str, read: Mapping[str, str]) -> Iterable[list[Member]]:
    """Return the records of these ids, those of one case file together; an id that is used twice in it counts once."""
    rows = ledger.connection.execute(
        "SELECT eid, uuid, s, sid FROM entity JOIN stream USING (s)"
        " WHERE uuid IN (SELECT value FROM json_each(?)) AND form = ? ORDER BY sid",
        (json.dumps(sorted(ids)), form),
    )
    found: dict[str, dict[str, Member]] = {}
    for eid, uuid, s, sid in rows:
        found.setdefault(read.get(sid, sid), {}).setdefault(uuid, Member(eid, uuid, s, form))
    return [list(members.values()) for members in found.values()]


def case_of(ledger: Ledger, group: Sequence[Member]) -> str:
    """Return the case file, or other stream, in which the records of a group are read."""
    return joined_cases.read_under(ledger, ledger.stream_id(group[0].s))


def renew_all(ledger: Ledger, eids: Collection[int]) -> None:
    """Write under which record each of these is shown, and each that was ever said to be the same as one of them."""
    if is_spoken_of(ledger):
        for group in spoken_of_together(ledger, eids):
            live = ledger.live([member.eid for member in group])
            renew(ledger, group, shown_as(group, live, case_of(ledger, group)))


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
        "SELECT eid, uuid, s, shown, owner FROM joined WHERE eid IN (SELECT value FROM json_each(?))", (numbers,)
    ))  # fmt: skip
    names = {member.eid: member.uuid for member in members}
    owner = {eid: one for one, several in shown.items() for eid in several}
    now = {(m.eid, m.uuid, m.s, names[owner[m.eid]], owner[m.eid]) for m in members if owner[m.eid] != m.eid}
    if now == before:
        return False
    ledger.connection.execute("DELETE FROM joined WHERE eid IN (SELECT value FROM json_each(?))", (numbers,))
    ledger.connection.executemany("INSERT INTO joined (eid, uuid, s, shown, owner) VALUES (?, ?, ?, ?, ?)", sorted(now))
    return True


def joined(ledger: Ledger, stream: str) -> dict[str, str]:
    """Return for each record that is shown under another one's id that id: of a stream, and of those read with it."""
    streams = streams_of(stream, joined_cases.known(ledger))
    return dict(ledger.connection.execute(
        "SELECT uuid, shown FROM stream CROSS JOIN joined USING (s) WHERE sid IN (SELECT value FROM json_each(?))",
        (json.dumps(streams),),
    ))  # fmt: skip


def shown_with(ledger: Ledger, eid: int) -> list[int]:
    """Return all records that are shown as one with this one, itself among them, the shown one first."""
    owner = shown_under(ledger, eid)
    rows = ledger.connection.execute("SELECT eid FROM joined WHERE owner = ? ORDER BY eid", (owner,))
    return [owner, *(number for (number,) in rows)]


def shown_under(ledger: Ledger, eid: int) -> int:
    """Return the record under which a record is shown: mostly itself."""
    row = ledger.connection.execute("SELECT owner FROM joined WHERE eid = ?", (eid,)).fetchone()
    return row[0] if row else eid


def any_joined(ledger: Ledger) -> bool:
    """Say whether any record is shown under another one's id."""
    return bool(ledger.connection.execute("SELECT EXISTS (SELECT 1 FROM joined)").fetchone()[0])


def shown_for(ledger: Ledger, is_among: Callable[[int], bool]) -> set[int]:
    """Return the records under which one of some others is shown, and which are not among those themselves."""
    rows = ledger.connection.execute("SELECT eid, owner FROM joined")
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
