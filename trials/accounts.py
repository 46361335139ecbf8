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

    @property
    def opens(self) -> bool:
        """Whether it opens a case file."""
        return self.form == "mother" and "reference" in self.values and not self.replaces


@dataclass
class Account:
    """Every entry that was ever written, and who may have it by the rules of the hand-over, reckoned anew and simply.

    A case file belongs to the managers and to the one vault that opened it. Whoever has it may hand it over, and what
    she wrote she may hand over whatever others did. Hand-overs with an end are left out where something is required.
    """

    managers: frozenset[str]
    devices: dict[str, str] = field(default_factory=dict)
    """Whose vault has which device id."""
    saved: dict[str, Saved] = field(default_factory=dict)
    restored: set[str] = field(default_factory=set)
    """Whose vaults were restored or copied: they may never learn all that was written under their name."""
    _marks: dict[str, int] = field(default_factory=dict)

    def note(self, label: str, writer: str, store: Store) -> list[Saved]:
        """Take in what was written in a vault since the last look; return it."""
        new: list[Saved] = []
        for j, cid, kind, text, payload, own in store._ledger.connection.execute(_ROWS, (self._marks.get(label, 0),)):
            self._marks[label] = j
            if own and b64(cid) not in self.saved:
                sem = decode_sem(text.encode())
                values = dict(zip(sem.fields, json.loads(payload), strict=True))
                known = (b64(cid), writer, kind, sem.stream, sem.form, sem.record_id)
                new.append(Saved(*known, values, sem.supersedes))
        self.saved |= {one.cid: one for one in new}
        return new

    def begin_again(self, label: str, store: Store) -> None:
        """Look at a vault as at a new one: it was restored or copied."""
        self._marks[label] = store._ledger.connection.execute("SELECT coalesce(max(j), 0) FROM journal").fetchone()[0]

    def wrong_places(self, who: str, store: Store) -> Iterator[str]:
        """Yield what lies in a vault that may not have it, and what nobody ever saved."""
        openers, gave = self._openers(self.saved), self._gave(self.saved)
        for cid in held(store):
            one = self.saved.get(cid)
            if one is None:
                yield f"{who} holds an entry that nobody wrote"
            elif one.kind not in SHARED:
                if who != one.writer:
                    yield f"{who} holds what is {one.writer}'s alone"
            elif not self._may_have(who, one.writer, openers.get(one.stream, set()), gave.get(one.stream, {})):
                yield f"{who} holds a {one.form} of {one.writer}, who never let her have it"

    def _may_have(self, who: str, writer: str, openers: set[str], gave: Mapping[str, set[str]]) -> bool:
        """Say whether an entry may lie in a vault at all, for whatever reason and since whenever.

        Where two opened one case file, whoever knows of one of them only may still take her for the only one.
        """
        if who == writer or who in reach(gave, self.managers | {writer}):
            return True
        return any(
            who in reach(gave, {opener}) and (len(openers) == 1 or writer in reach(gave, self.managers | {opener}))
            for opener in openers
        )

    def gone(self, who: str, store: Store, survivors: set[str]) -> Iterator[str]:
        """Yield what survived anywhere and should be readable in a vault, but is not there or says something else."""
        alive = {cid: self.saved[cid] for cid in sorted(survivors)}
        openers, gave = self._openers(alive), self._gave(alive, lasting=True)
        histories: dict[str, dict[str, Any]] = {}
        for cid, one in alive.items():
            first = openers.get(one.stream, set())
            entitled = reach(gave.get(one.stream, {}), self.managers | (first if len(first) == 1 else set()))
            wrote = who == one.writer and who not in self.restored
            if one.kind not in SHARED or not (wrote or who in entitled):
                continue
            if one.record not in histories:
                histories[one.record] = {past.cid: past.values for past in store.history(one.record)}
            if cid not in histories[one.record]:
                yield f"an answer in a {one.form} of {one.writer} has not come to {who}"
            elif histories[one.record][cid] != one.values:
                yield f"an answer in a {one.form} of {one.writer} says something else at {who}"

    def _openers(self, entries: Mapping[str, Saved]) -> dict[str, set[str]]:
        """Return by case file whose vaults opened it."""
        found: dict[str, set[str]] = {}
        for one in entries.values():
            if one.opens:
                found.setdefault(one.stream, set()).add(one.writer)
        return found

    def _gave(self, entries: Mapping[str, Saved], *, lasting: bool = False) -> dict[str, dict[str, set[str]]]:
        """Return by case file who handed it to whom; if `lasting`, without what has an end."""
        handed = [one for one in entries.values() if one.form == "handover"]
        ends = {one.record for one in handed if one.values.get("until") or one.values.get("ended")}
        found: dict[str, dict[str, set[str]]] = {}
        for one in handed:
            if "device" in one.values and not (lasting and one.record in ends):
                takers = found.setdefault(one.stream, {}).setdefault(one.writer, set())
                takers.add(self.devices[one.values["device"]])
        return found

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
            for name in one.values if one.kind in SHARED else ():
                if one.cid not in survivors:
                    found["answers gone with a restored vault that had shown them to nobody"] += 1
                else:
                    found["answers replaced" if (one.cid, name) in replaced else "answers standing"] += 1
        return found


def reach(gave: Mapping[str, set[str]], start: Iterable[str]) -> set[str]:
    """Return these vaults and all to whom a case file went from them, directly or on from there."""
    found = set(start)
    new = found
    while new:
        new = {taker for giver in new for taker in gave.get(giver, ())} - found
        found |= new
    return found


def held(store: Store) -> set[str]:
    """Return the ids of all entries in a vault."""
    return {b64(cid) for (cid,) in store._ledger.connection.execute("SELECT DISTINCT cid FROM journal")}
