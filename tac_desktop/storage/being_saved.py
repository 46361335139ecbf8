"""The records that one save touches, with their live values as they become."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from tac_desktop.casework.journal import Change, Entry, JsonValue, b64, json_bytes
from tac_desktop.casework.live import DELETED, Live, LiveFields, differ, is_deleted, rank, union
from tac_desktop.errors import ConflictChanged
from tac_desktop.storage import sameness
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.projection import Touched, from_heads

Shown: TypeAlias = Mapping[tuple[str, str], frozenset[str]]
"""Ids of the entries whose values a person was shown, by record id and journal field."""
Wanted: TypeAlias = tuple[Change, int, LiveFields, Mapping[str, JsonValue]]
"""A change of one record, the record's number, its live values, and what is to be written."""


class Records:
    """The records that one save touches."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger, in a transaction."""
        self._ledger = ledger
        self._known: dict[int, Touched] = {}
        self._written: set[int] = set()
        self._erased: set[int] = set()
        self._replaced: dict[tuple[int, str], LiveFields] = {}
        self._any_joined = sameness.any_joined(ledger)

    def refuse_others_than(self, shown: Shown, changes: Sequence[Change]) -> None:
        """Raise ConflictChanged if other values are live by now than those that a person was shown."""
        about = {change.record_id: change for change in changes}
        for (record_id, field), cids in shown.items():
            change = about.get(record_id)
            live = union(fields for _, _, fields in self._members(change)).get(field, ()) if change else ()
            if frozenset(one.cid for one in live) != cids:
                raise ConflictChanged

    def wanted(self, changes: Iterable[Change]) -> Iterator[Wanted]:
        """Yield what is to be written: those of the wanted values that do not stand already.

        Of records that are shown as one each that has an answer gets the new one, so that none contradicts it; an
        answer that none has is given to the one that is shown.
        """
        for change in changes:
            if change.instead_of:
                yield self._instead(change)
                continue
            members = self._members(change)
            everywhere = members[0][2] if len(members) == 1 else union(fields for _, _, fields in members)
            values = changed_values(everywhere, change.values)
            for place, (member, eid, fields) in enumerate(members):
                part = values if len(members) == 1 else _for_member(values, fields, everywhere, shown=not place)
                if part:
                    yield member, eid or self._made(member, fields), fields, part

    def apply(self, eid: int, change: Change, values: Mapping[str, JsonValue], entry: Entry, j: int, hlc: int) -> None:
        """Take note of an entry that was written."""
        known = self._known[eid]
        cid = b64(entry.cid)
        for name, value in values.items():
            beside = [one for one in known.fields.get(name, ()) if change.instead_of and one.cid != change.instead_of]
            live = Live(hlc, entry.incarnation, cid, j, change.known_on, change.version, value)
            known.fields[name] = [*beside, live]
        self._known[eid] = known._replace(known_last=max(known.known_last, change.known_on))
        self._written.add(eid)

    def read_again(self, eids: Iterable[int]) -> None:
        """Take note of records from which entries were erased."""
        for eid in eids:
            self._known.pop(eid, None)
            self._erased.add(eid)

    def touched(self) -> list[Touched]:
        """Return the records that are to be written anew."""
        written = [known for eid, known in self._known.items() if eid in self._written and eid not in self._erased]
        return [*written, *from_heads(self._ledger, self._erased, ())] if self._erased else written

    def _instead(self, change: Change) -> Wanted:
        """Return a change of one record alone that takes the place of one entry, with what that entry said."""
        ledger = self._ledger
        eid = ledger.known_entity(change.record_id, ledger.stream(change.stream, change.form), change.form)
        eid = eid or self._made(change, {})
        if (eid, change.instead_of) not in self._replaced:
            fields = self._fields(change, eid)
            told = {name: [one for one in live if one.cid == change.instead_of] for name, live in fields.items()}
            self._replaced[eid, change.instead_of] = told
        return change, eid, self._replaced[eid, change.instead_of], change.values

    def _members(self, change: Change) -> list[tuple[Change, int, LiveFields]]:
        """Return the record of a change, or the records that are shown as one with it, the shown one first.

        Of these one that was deleted before it was found to be the same as another stays as it is. A record that is
        not here has the number 0.
        """
        ledger = self._ledger
        eid = ledger.known_entity(change.record_id, ledger.stream(change.stream, change.form), change.form)
        if not eid:
            return [(change, 0, {})]
        if not self._any_joined or change.op in ("merge", "unmerge"):
            return [(change, eid, self._fields(change, eid))]
        found: list[tuple[Change, int, LiveFields]] = []
        for number in sameness.shown_with(ledger, eid):
            member = change
            if number != eid:  # it may lie in another case file of the same woman
                record_id, stream = ledger.place(number)
                member = replace(change, record_id=record_id, stream=stream)
            found.append((member, number, self._fields(member, number)))
        return [member for member in found if not is_deleted(member[2])] or found

    def _fields(self, change: Change, eid: int) -> LiveFields:
        if eid not in self._known:
            fields = self._ledger.live([eid])[eid]
            self._known[eid] = Touched(
                eid, change.record_id, change.stream, change.form, fields, fresh=False, known_last=""
            )
        return self._known[eid].fields

    def _made(self, change: Change, fields: LiveFields) -> int:
        """Return the number of a new record."""
        s = self._ledger.stream(change.stream, change.form)
        eid = self._ledger.entity(change.record_id, s, change.form)
        self._known[eid] = Touched(eid, change.record_id, change.stream, change.form, fields, fresh=True, known_last="")
        return eid


def _for_member(
    values: Mapping[str, JsonValue], fields: LiveFields, everywhere: LiveFields, *, shown: bool
) -> dict[str, JsonValue]:
    return {
        name: value
        for name, value in values.items()
        if fields.get(name) or (shown and not everywhere.get(name)) or (name == DELETED and value is not None)
    }


def changed_values(fields: LiveFields, wanted: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return those of the wanted values that do not stand already; a conflict is always decided by what is wanted."""
    return {name: value for name, value in wanted.items() if not _stands(name, fields.get(name), value)}


def _stands(name: str, live: list[Live] | None, value: JsonValue) -> bool:
    if not live:
        return value is None or (value is False and "/" in name)  # an element that was never ticked
    shown = max(live, key=rank)
    return json_bytes(shown.value) == json_bytes(value) and not (len(live) > 1 and differ(live))
