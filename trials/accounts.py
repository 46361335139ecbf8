"""The account of every answer that was ever saved: where it has to be at the end, and where it must not be."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tac_desktop.casework.journal import b64, decode_sem
from tac_desktop.storage.store import Store

SHARED = ("case", "office")
_ROWS = (
    "SELECT j.j, j.cid, st.kind, j.sem, c.payload, r.own FROM journal j JOIN replica r USING (r)"
    " JOIN stream st USING (s) LEFT JOIN content c USING (j) WHERE j.j > ? ORDER BY j.j"
)


@dataclass(frozen=True)
class Saved:
    """What one save wrote about one record."""

    cid: str
    writer: str
    """Whose vault wrote it."""
    kind: str
    """The kind of its stream."""
    stream: str
    form: str
    record: str
    values: Mapping[str, Any]
    replaces: Mapping[str, tuple[str, ...]]


@dataclass
class Rights:
    """Who may have which case file, from what people did: by the rules of the hand-over, reckoned anew and simply."""

    managers: frozenset[str]
    gave: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """By stream: who handed it to whom, as long as it holds."""
    once_given: dict[str, set[str]] = field(default_factory=dict)
    """By stream: who was ever given it by somebody who might."""

    def give(self, stream: str, giver: str, taker: str, writers: Iterable[str]) -> None:
        """Note a hand-over."""
        self.gave.setdefault(stream, set()).add((giver, taker))
        self.once_given.setdefault(stream, set()).update(self._given(stream, set(writers)))

    def end(self, stream: str, taker: str) -> None:
        """Note that what somebody was given has ended."""
        self.gave[stream] = {(a, b) for a, b in self.gave.get(stream, ()) if b != taker}

    def reach(self, stream: str, start: str) -> set[str]:
        """Return to whom a case file went from one vault, directly or on from there."""
        found, new = {start}, {start}
        while new:
            new = {b for a, b in self.gave.get(stream, ()) if a in new} - found
            found |= new
        return found

    def entitled(self, stream: str, writers: Iterable[str]) -> set[str]:
        """Return who may have all of a case file in which these have written."""
        return self.managers | self._given(stream, set(writers))

    def _given(self, stream: str, writers: set[str]) -> set[str]:
        workers = writers - self.managers
        found = {worker for worker in workers if workers <= self.reach(stream, worker)}
        while True:
            more = {b for a, b in self.gave.get(stream, ()) if a in found | self.managers} - found
            if not more:
                return found
            found |= more

    def may_have(self, who: str, one: Saved, writers: Iterable[str]) -> bool:
        """Say whether an entry may lie in a vault at all, for whatever reason and since whenever."""
        if who == one.writer or one.kind not in SHARED:
            return who == one.writer
        return (
            who in self.entitled(one.stream, writers)
            or who in self.once_given.get(one.stream, ())
            or one.writer in self.managers | self.reach(one.stream, who)
            or who in self.reach(one.stream, one.writer)
        )


@dataclass
class Account:
    """Every answer that was ever saved, by the id of its entry."""

    rights: Rights
    saved: dict[str, Saved] = field(default_factory=dict)
    restored: set[str] = field(default_factory=set)
    """Whose vaults were restored: what they wrote after the backup may never come back to them."""
    _marks: dict[str, int] = field(default_factory=dict)

    def note(self, who: str, store: Store, writer: str) -> list[Saved]:
        """Take in what was written in a vault since the last look; return it."""
        new: list[Saved] = []
        for j, cid, kind, text, payload, own in store._ledger.connection.execute(_ROWS, (self._marks.get(who, 0),)):
            self._marks[who] = j
            if own and b64(cid) not in self.saved:
                sem = decode_sem(text.encode())
                values = dict(zip(sem.fields, json.loads(payload), strict=True))
                new.append(Saved(
                    b64(cid), writer, kind, sem.stream, sem.form, sem.record_id, values, sem.supersedes
                ))  # fmt: skip
        self.saved |= {one.cid: one for one in new}
        return new

    def begin_again(self, who: str, store: Store) -> None:
        """Look at a vault as at a new one: it was restored."""
        self._marks[who] = store._ledger.connection.execute("SELECT coalesce(max(j), 0) FROM journal").fetchone()[0]

    def writers(self, stream: str) -> set[str]:
        """Return whose vaults have written in a stream."""
        return {one.writer for one in self.saved.values() if one.stream == stream}

    def all_writers(self) -> Mapping[str, set[str]]:
        """Return whose vaults have written in each stream."""
        found: dict[str, set[str]] = {}
        for one in self.saved.values():
            found.setdefault(one.stream, set()).add(one.writer)
        return found

    def wrong_places(self, who: str, store: Store) -> Iterator[str]:
        """Yield what lies in a vault that may not have it, and what nobody ever saved."""
        writers = self.all_writers()
        for cid in held(store):
            one = self.saved.get(cid)
            if one is None:
                yield f"{who} holds an entry that nobody wrote"
            elif not self.rights.may_have(who, one, writers[one.stream]):
                yield f"{who} holds a {one.form} of {one.writer}, who never let her have it"

    def gone(self, who: str, store: Store, survivors: set[str]) -> Iterator[str]:
        """Yield what survived anywhere and should be readable in a vault, but is not there or says something else."""
        histories: dict[str, dict[str, Any]] = {}
        writers = self.all_writers()
        for cid in survivors:
            one = self.saved[cid]
            wrote = who == one.writer and who not in self.restored
            if one.kind not in SHARED or not (wrote or who in self.rights.entitled(one.stream, writers[one.stream])):
                continue
            if one.record not in histories:
                histories[one.record] = {past.cid: past.values for past in store.history(one.record)}
            if cid not in histories[one.record]:
                yield f"an answer in a {one.form} of {one.writer} has not come to {who}"
            elif histories[one.record][cid] != one.values:
                yield f"an answer in a {one.form} of {one.writer} says something else at {who}"

    def told(self, survivors: set[str]) -> Counter[str]:
        """Count what became of every single answer that was ever saved in a shared stream."""
        replaced = {
            (cid, name)
            for one in self.saved.values()
            if one.cid in survivors
            for cid, names in one.replaces.items()
            for name in names
        }
        found: Counter[str] = Counter()
        for one in self.saved.values():
            if one.kind in SHARED:
                for name in one.values:
                    if one.cid not in survivors:
                        found["answers gone with a restored vault that had shown them to nobody"] += 1
                    else:
                        found["answers replaced" if (one.cid, name) in replaced else "answers standing"] += 1
        return found


def held(store: Store) -> set[str]:
    """Return the ids of all entries in a vault."""
    return {b64(cid) for (cid,) in store._ledger.connection.execute("SELECT DISTINCT cid FROM journal")}
