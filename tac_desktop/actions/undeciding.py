"""Takes back a decision between answers that contradict each other."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.conflict_sides import STANDS_AGAIN
from tac_desktop.actions.conflicts import Decision
from tac_desktop.actions.permitted import permitted, refuse_unwritable
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import ConflictChanged

if TYPE_CHECKING:
    from tac_desktop.storage.reading import PastEntry
    from tac_desktop.storage.store import Store


@permitted(Deed.WRITE_CASES)
def undo(store: "Store", person: Person, decision: Decision, *, now: datetime) -> None:
    """Take a decision back: all answers between which was decided stand there again, as their authors' own.

    Raises:
        ConflictChanged: something was written there since; nothing was changed.
    """
    refuse_unwritable(person, forms.ALL[decision.conflict.form])
    refuse_closed(store, decision.conflict.case_file)
    history = {entry.cid: entry for entry in store.history(decision.conflict.record_id)}
    if not all(cid in history for cid in decision.entries):
        raise ConflictChanged
    made = [history[cid] for cid in decision.entries]
    for entry in made:  # of what was written, whatever the decision says
        refuse_unwritable(person, forms.ALL[entry.sem.form])
        refuse_closed(store, entry.sem.stream)
    shown: dict[tuple[str, str], frozenset[str]] = {}
    for entry in made:
        for name in entry.sem.fields:
            shown[entry.sem.record_id, name] = frozenset(one.cid for one in made if name in one.sem.fields)
    changes = [change for entry in made for change in _put_back(entry, history, now.date().isoformat())]
    store.save(changes, author=person.id, now=now, shown=shown)


def _put_back(entry: "PastEntry", history: "Mapping[str, PastEntry]", today: str) -> Iterator[Change]:
    """Yield what puts the values back that an entry replaced, each beside the others, the one that was shown last."""
    sem = entry.sem
    replaced = {name for names in sem.supersedes.values() for name in names}
    told: list[tuple[dict[str, JsonValue], str, int]] = []
    if fresh := [name for name in sem.fields if name not in replaced]:
        told.append(({name: False if "/" in name else None for name in fresh}, today, sem.version))
    for cid, names in sorted(sem.supersedes.items(), key=lambda one: history[one[0]].sem.hlc):
        before = history[cid]
        values: dict[str, JsonValue] = {name: (before.values or {}).get(name) for name in names}
        told.append((values | {f"{STANDS_AGAIN}{cid}": True}, before.sem.known_on, before.sem.version))
    for values, known_on, version in told:
        yield Change(
            record_id=sem.record_id, form=sem.form, version=version, stream=sem.stream, values=values,
            known_on=known_on, instead_of=entry.cid,
        )  # fmt: skip
