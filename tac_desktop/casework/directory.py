"""The directory of professionals and agencies: what finds an entry, which may be one, and what choosing one fills."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import code_list, label
from tac_desktop.casework.record import Record
from tac_desktop.casework.sameness import groups

PROFESSIONAL: Final = "professional"
AGENCY: Final = "agency"
ENTRIES: Final = (PROFESSIONAL, AGENCY)
"""The forms of which the directory consists."""

DirectoryShown: TypeAlias = Literal["here", "professionals", "agencies", "twice", "all"]
"""Which entries are wanted: those that have not left, people, agencies, those that seem to be there twice, or all."""

_LISTS: Final = ("professional_role", "agency_kind", "sw_team_type", "local_authority")
_WORD: Final = re.compile(r"\w+")
_MOST_WORDS: Final = 20
"""Nobody and nothing has a name of more words: whatever is pasted, no more are looked for."""
_LEAST_DIGITS: Final = 3
"""Fewer digits are in every telephone number."""


@dataclass(frozen=True, kw_only=True)
class DirectoryEntry:
    """What a list shows of a professional, or of an agency."""

    number: int
    """Of the row, within this vault."""
    record_id: str
    form: str
    name: str
    role: str = ""
    """A code of 'professional_role', or of 'agency_kind'."""
    team: str = ""
    agency: str = ""
    local_authority: str = ""
    phone: str = ""
    email: str = ""
    left: str = ""
    """The ISO date, perhaps without day or month, since when she or it is not there any more."""
    prison: str = ""

    @property
    def role_in_words(self) -> str:
        """What she does, or what it is."""
        role = label("professional_role" if self.form == PROFESSIONAL else "agency_kind", self.role)
        return label("sw_team_type", self.team) if self.team and self.team != "other" else role

    @property
    def place_in_words(self) -> str:
        """For whom she works, or where it is."""
        authority = label("local_authority", self.local_authority)
        return " · ".join(dict.fromkeys(part for part in (self.agency, authority) if part))

    @property
    def in_words(self) -> str:
        """The words by which a person tells it from the others."""
        return " · ".join(part for part in (self.name, self.role_in_words, self.place_in_words) if part)


@dataclass(frozen=True)
class Word:
    """One word that was typed, with the codes whose labels have a word that begins so, and its digits."""

    text: str
    codes: tuple[str, ...]
    digits: str = ""


def words_typed(typed: str) -> tuple[Word, ...]:
    """Return what was typed to find an entry: each word has to be in its name, role, team, authority or telephone."""
    found = _WORD.findall(typed)[:_MOST_WORDS]
    return tuple(Word(text, _codes(text), text if _is_number(text) else "") for text in found)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) >= _LEAST_DIGITS


def _codes(text: str) -> tuple[str, ...]:
    wanted = plain(text)
    return tuple(
        f"{name}/{value.code}"
        for name in _LISTS
        for value in code_list(name).codes
        if any(word.startswith(wanted) for word in _WORD.findall(plain(value.label)))
    )


def plain(text: str) -> str:
    """Return a text without accents, in small letters, so that 'Llŷr' and 'llyr' are one."""
    if text.isascii():  # most are, and have none: of thousands of names that is told at once
        return text.casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def known_by(name: str) -> str:
    """Return the words of a name in one order: 'Puce Kettle' and 'KETTLE, Puce' are known by the same."""
    return " ".join(sorted(_WORD.findall(plain(name))))


def seem_one(one: DirectoryEntry, other: DirectoryEntry) -> bool:
    """Say whether two entries may be the same person or place, so that somebody has to look.

    Their names have the same words, and nothing else that both have speaks against it but a change of post: their
    authorities. The same e-mail address is enough.
    """
    if one.form != other.form or one.record_id == other.record_id:
        return False
    if one.email and one.email.casefold() == other.email.casefold():
        return True
    apart = one.local_authority and other.local_authority and one.local_authority != other.local_authority
    return known_by(one.name) == known_by(other.name) and not apart


def there_twice(entries: Iterable[DirectoryEntry]) -> list[list[DirectoryEntry]]:
    """Return the entries that seem to be one, those that belong together in one list, in the order given."""
    known = {entry.record_id: entry for entry in entries}
    alike: dict[str, list[DirectoryEntry]] = {}
    for entry in known.values():
        alike.setdefault(f"name {known_by(entry.name)}", []).append(entry)
        if entry.email:
            alike.setdefault(f"e-mail {entry.email.casefold()}", []).append(entry)
    edges: dict[str, set[str]] = {}
    for several in alike.values():
        for one in several:
            edges.setdefault(one.record_id, set()).update(other.record_id for other in several if seem_one(one, other))
    place = {record_id: at for at, record_id in enumerate(known)}
    found = [sorted(group, key=place.__getitem__) for group in groups(edges) if len(group) > 1]
    return [[known[one] for one in group] for group in sorted(found, key=lambda group: place[group[0]])]


FILLS: Final[Mapping[tuple[str, str], Mapping[str, str]]] = MappingProxyType({
    ("childrens_social_worker", "professional"): {
        "name": "name", "local_authority": "local_authority", "team": "team", "phone": "phone", "email": "email",
    },
    ("school_request", "contact_person"): {"school": "agency_name"},
    ("letterbox_agreement", "agency"): {"agency_name": "name"},
    ("professional", "agency"): {"agency_name": "name", "local_authority": "local_authority"},
})  # fmt: skip
"""What choosing an entry of the directory answers beside it, by form and question: which question by which of its."""


def filled_by(form: str, question: str, chosen: Record) -> dict[str, Answer]:
    """Return the answers that choosing an entry of the directory gives to other questions of a form.

    The words stay in the record, also where the entry does not travel with it.

    Args:
        form: The form's name.
        question: The question that was answered with the entry.
        chosen: The entry.
    """
    answers = {to: chosen.answers.get(name) for to, name in FILLS.get((form, question), {}).items()}
    return {to: answer for to, answer in answers.items() if answer is not None}


def entry_of(record: Record, number: int = 0) -> DirectoryEntry:
    """Return what a list shows of the record of an entry."""
    is_person = record.form == PROFESSIONAL
    return DirectoryEntry(
        number=number, record_id=record.id, form=record.form, name=record.text("name"),
        role=record.text("role" if is_person else "kind"), team=record.text("team"),
        agency=record.text("agency_name"), local_authority=record.text("local_authority"),
        phone=record.text("phone"), email=record.text("email"),
        left=record.text("to_date" if is_person else "closed_on"), prison=record.text("prison"),
    )  # fmt: skip


def in_order(entries: Sequence[DirectoryEntry]) -> list[DirectoryEntry]:
    """Return entries by name, those that have left after the others."""
    return sorted(entries, key=lambda entry: (bool(entry.left), plain(entry.name), entry.record_id))
