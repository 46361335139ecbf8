"""Undoes the last save: every answer that it replaced stands there again, and what it made new is taken out again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.addenda import refuse_sealed
from tac_desktop.actions.conflict_sides import STANDS_AGAIN
from tac_desktop.actions.permitted import permitted, refuse_unwritable
from tac_desktop.actions.removing import may_be_removed, removal
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change, JsonValue, decode_sem
from tac_desktop.casework.live import DELETED, text_id
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import NothingToUndo, WrittenSince

if TYPE_CHECKING:
    from tac_desktop.storage.reading import PastEntry
    from tac_desktop.storage.store import Store

COMMENT: Final = "comment"
_GOES_ALONG: Final = frozenset({"contact_tie"})
"""What no person fills in, and is written beside what she does: it is undone with that."""
REASON: Final = "The save that made it was undone."
"""Why a record that was new stands in the recycle bin."""

_History = Mapping[str, "PastEntry"]
"""The entries of a record, and of those shown as one with it, by their ids: the oldest first."""


@dataclass(frozen=True)
class Touched:
    """A record that a save wrote into."""

    case_file: str
    form: str
    record_id: str


@permitted(Deed.WRITE_CASES)
def last_save(store: "Store", person: Person) -> list[Touched]:
    """Return the records into which the last save through this store wrote, where the person can undo it.

    Empty if nothing was saved, if it was no form that people fill in (a comment, a seal), or a new case file.
    """
    found: dict[Touched, None] = {}
    for entry in store.last_written:
        sem = decode_sem(entry.sem)
        if sem.form == COMMENT:  # a reason that was asked for beside the answers: it stays said
            continue
        if not _is_a_persons(sem.form) or sem.author != person.id or sem.op not in ("set", "del"):
            return []
        found[Touched(sem.stream, sem.form, sem.record_id)] = None
    return list(found) if any(one.form not in _GOES_ALONG for one in found) else []


def _is_a_persons(form: str) -> bool:
    declared = forms.ALL.get(form)
    return declared is not None and (declared.by_hand or form in _GOES_ALONG)


@permitted(Deed.WRITE_CASES)
def undo_last_save(store: "Store", person: Person, *, now: datetime) -> list[Touched]:
    """Undo the last save through this store, whole or not at all; return the records that it had written into.

    It is told in their histories. What it had made new stands in the recycle bin.

    Raises:
        NothingToUndo: nothing was saved, or it cannot be undone.
        WrittenSince: something was written there since; nothing was changed.
        SealedAlready: one of them was sealed since.
        NotPermitted, CaseRestricted: it is not the person's to write there any more.
    """
    touched = last_save(store, person)
    if not touched:
        raise NothingToUndo
    for one in touched:
        refuse_unwritable(person, forms.ALL[one.form])
        refuse_closed(store, one.case_file)
        if record := store.record(one.record_id, one.form, one.case_file):
            refuse_sealed(store, record)
    made = [text_id(entry.cid) for entry in store.last_written]
    changes: list[Change] = []
    shown: dict[tuple[str, str], frozenset[str]] = {}
    for one in touched:
        history = {entry.cid: entry for entry in store.history(one.record_id, one.form, one.case_file)}
        _refuse_written_since(history, made)
        own = [entry for cid, entry in history.items() if cid in made]
        for entry in own:
            for name in entry.sem.fields:
                shown[one.record_id, name] = frozenset(other.cid for other in own if name in other.sem.fields)
        if len(own) == len(history):
            changes.append(_taken_out(store, one, now))
        else:
            of_this = (entry for entry in own if entry.sem.record_id == one.record_id)
            changes += [change for entry in of_this for change in put_back(entry, history)]
    store.save(changes, author=person.id, now=now, shown=shown)
    store.last_written = ()
    return touched


def _refuse_written_since(history: _History, made: Sequence[str]) -> None:
    cids = list(history)
    before = next((place for place, cid in enumerate(cids) if cid in made), len(cids))
    if before == len(cids) or any(cid not in made for cid in cids[before:]):
        raise WrittenSince


def _taken_out(store: "Store", one: Touched, now: datetime) -> Change:
    record = store.record(one.record_id, one.form, one.case_file)
    if record is None or not (may_be_removed(one.form) or one.form in _GOES_ALONG):
        raise NothingToUndo
    return removal(store, record, REASON, now)


def put_back(entry: "PastEntry", history: _History) -> Iterator[Change]:
    """Yield what puts the values back that an entry replaced, each as its author's own, the one that was shown last.

    They hold again as known from the days from which they did, so that reports on a past day say what they said.

    Args:
        entry: The entry whose values shall not stand any more.
        history: All entries of its record, by their ids.
    """
    sem = entry.sem
    replaced = {name for names in sem.supersedes.values() for name in names}
    if fresh := [name for name in sem.fields if name not in replaced]:
        yield _instead_of(entry, {name: _nothing(name) for name in fresh}, sem.known_on, sem.version)
    later: list[Change] = []
    for cid, names in sorted(sem.supersedes.items(), key=lambda one: history[one[0]].sem.hlc):
        before = history[cid]
        alone = {name for name in names if sum(name in several for several in sem.supersedes.values()) == 1}
        backdated = sorted(alone) if before.sem.known_on > sem.known_on else []
        values: dict[str, JsonValue] = {name: (before.values or {}).get(name) for name in names}
        mark: dict[str, JsonValue] = {f"{STANDS_AGAIN}{cid}": True}
        if kept := {name: value for name, value in values.items() if name not in backdated}:
            yield _instead_of(entry, kept | mark, _again_since(before, entry, history), before.sem.version)
        if backdated:
            first, *following = _until(entry, before, backdated, history)
            yield first
            again = {name: values[name] for name in backdated}
            later += [*following, _change(entry, again | mark, before.sem.known_on, before.sem.version)]
    yield from later


def _again_since(before: "PastEntry", entry: "PastEntry", history: _History) -> str:
    """Return the day from which a replaced value holds again: its own one.

    Where the record was removed and brought back since, it is that of what is undone: until then the value stands by
    itself, and whoever removed the record has not seen what is written only now.
    """
    first, last = before.sem.known_on, entry.sem.known_on
    removals = (one for one in history.values() if isinstance((one.values or {}).get(DELETED), dict))
    was_removed = any(first <= one.sem.known_on <= last for one in removals if one.cid != entry.cid)
    return last if was_removed else first


def _until(entry: "PastEntry", before: "PastEntry", names: Sequence[str], history: _History) -> list[Change]:
    """Return what lets stand again what was shown before the day from which a replaced value was known.

    The entry was said to have been known before what it replaced, so that reports on the days between said something
    else, perhaps one thing after the other.
    """
    first, last = entry.sem.known_on, before.sem.known_on
    days = {one.sem.known_on for one in history.values() if set(names).intersection(one.sem.fields)}
    shown = {name: _shown_on(history, name, first, entry.cid) for name in names}
    found = [_instead_of(entry, shown, first, entry.sem.version)]
    for day in sorted(day for day in days if first < day < last):
        now = {name: _shown_on(history, name, day, entry.cid) for name in names}
        found.append(_change(entry, now, day, entry.sem.version))
    return found


def _instead_of(entry: "PastEntry", values: Mapping[str, JsonValue], known_on: str, version: int) -> Change:
    return _change(entry, values, known_on, version, instead_of=entry.cid)


def _change(
    entry: "PastEntry", values: Mapping[str, JsonValue], known_on: str, version: int, *, instead_of: str = ""
) -> Change:
    sem = entry.sem
    return Change(
        record_id=sem.record_id, form=sem.form, version=version, stream=sem.stream, values=values, known_on=known_on,
        op="del" if values.get(DELETED) else "set", instead_of=instead_of,
    )  # fmt: skip


def _nothing(name: str) -> JsonValue:
    return False if "/" in name else None


def _shown_on(history: _History, name: str, day: str, without: str) -> JsonValue:
    """Return the value that a journal field showed on a day, as if one entry had not been written."""
    known = [one for one in history.values() if name in one.sem.fields and one.sem.known_on <= day]
    known = [one for one in known if one.cid != without]
    replaced = {cid for one in known for cid, names in one.sem.supersedes.items() if name in names}
    live = [one for one in known if one.cid not in replaced]
    shown = max(live, key=lambda one: (one.sem.hlc, one.incarnation, one.cid), default=None)
    return (shown.values or {}).get(name, _nothing(name)) if shown else _nothing(name)
