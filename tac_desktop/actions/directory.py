"""The directory of professionals and agencies: listed, found as one types, and what must be known before one calls."""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework.directory import (
    AGENCY,
    ENTRIES,
    PROFESSIONAL,
    DirectoryEntry,
    DirectoryShown,
    entry_of,
    in_order,
    known_by,
    seem_one,
    there_twice,
    words_typed,
)
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

MOST_OFFERED = 12
"""So many entries are offered while one types: whoever sees that many types one more letter."""
WHERE_THEY_LIVE = "Where they live must not become known: nobody is told it."
_FORMS = {"professionals": (PROFESSIONAL,), "agencies": (AGENCY,)}


@permitted(Deed.READ_CASES)
def numbers(store: "Store", shown: DirectoryShown, *, typed: str = "") -> "array[int]":
    """Return the numbers of the entries that are wanted, by name.

    Args:
        store: Where to look.
        shown: Which entries.
        typed: Words that each must have, in name, agency, role, team, authority or telephone.
    """
    wanted, words = _FORMS.get(shown, ENTRIES), words_typed(typed)
    found = store.directory.numbers(wanted, words, left=shown == "all")
    if shown == "twice":
        likely = _perhaps_twice(store.directory.known_as(wanted))
        together = there_twice(store.directory.page([number for number in found if number in likely]))
        return array("q", (entry.number for several in together for entry in several))
    return found


def _perhaps_twice(entries: Sequence[tuple[int, str, str, str]]) -> frozenset[int]:
    """Return the numbers of those whose name or e-mail address another one of the form has, of thousands few."""
    by: dict[tuple[str, str], list[int]] = {}
    for number, form, name, email in entries:
        by.setdefault((form, known_by(name)), []).append(number)
        if email:
            by.setdefault((form, f"@ {email.casefold()}"), []).append(number)
    return frozenset(number for several in by.values() if len(several) > 1 for number in several)


@permitted(Deed.READ_CASES)
def page(store: "Store", rows: Sequence[int]) -> list[DirectoryEntry]:
    """Return the entries with these numbers, in their order."""
    return store.directory.page(rows)


@permitted(Deed.READ_CASES)
def offered(store: "Store", form: str, typed: str) -> list[DirectoryEntry]:
    """Return the first entries of a form that fit what was typed, by name, without those that have left."""
    found = store.directory.numbers((form,), words_typed(typed), left=False, most=MOST_OFFERED)
    return store.directory.page(found)


@permitted(Deed.READ_CASES)
def entry(store: "Store", record_id: str) -> Record | None:
    """Return the record of an entry of the directory; None where it is not in this vault."""
    for form in ENTRIES:
        if found := store.record(record_id, form):
            return found
    return None


@permitted(Deed.READ_CASES)
def entries_as_known(store: "Store", known_on: str) -> dict[str, Record]:
    """Return by their ids the entries of the directory as they were known on a day (ISO)."""
    return {one.id: one for form in ENTRIES for one in store.records(form, known_on=known_on, ahead=True)}


@permitted(Deed.READ_CASES)
def seemingly_one(store: "Store", record_id: str) -> list[DirectoryEntry]:
    """Return the other entries that may be the same person or place as one of the directory."""
    this = entry(store, record_id)
    if this is None:
        return []
    one = entry_of(this)
    found = store.directory.page(store.directory.numbers((this.form,), words_typed(known_by(one.name))))
    return in_order([other for other in found if seem_one(one, other)])


@permitted(Deed.READ_CASES)
def safe_contact_note(store: "Store", case_file: str, who: str) -> str:
    """Return what must be known before somebody is contacted, '' where nothing is noted.

    Looked for by name, among the people of the case file and among the professionals of the directory; of several of
    one name all notes are told, because nobody can tell which of them is meant.

    Args:
        store: Where to look.
        case_file: The case file; '' where it is not chosen yet.
        who: The name, or the words in which it stands ('Puce Kettle · Thimble and Co', 'Puce Kettle, Thimble and Co').

    Raises:
        CaseRestricted: the case file is closed to her.
    """
    names = {known_by(words) for words in (who, who.partition(" · ")[0], who.partition(",")[0])} - {""}
    if not names:
        return ""
    refuse_closed(store, case_file)
    people = store.records("person", case_file) if case_file else []
    found = [store.directory.numbers((PROFESSIONAL,), words_typed(name)) for name in sorted(names)]
    entries = store.directory.page(dict.fromkeys(number for several in found for number in several))
    named = [one for each in entries if (one := store.record(each.record_id, PROFESSIONAL))]
    several = [one for one in (*people, *named) if names & {known_by(one.text("name")), known_by(one.text("known_as"))}]
    return "\n".join(dict.fromkeys(note for one in several for note in _notes(one)))


def _notes(record: Record) -> list[str]:
    said = [record.text("safe_contact")] if record.text("safe_contact") else []
    return [WHERE_THEY_LIVE, *said] if record.answers.get("do_not_disclose") is True else said
