"""What is kept about one person: every answer that speaks of her, what has to be decided about it, and what is shown.

A person may ask for what is kept about her (UK GDPR, article 15). Other people stand in the same words, and some of it
is exempt (Data Protection Act 2018, schedules 2 and 3): so each answer that touches one of these is marked, and waits
until somebody has decided about it. What is not marked is shown.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.disclosure import kept_by_flags
from tac_desktop.casework.fields import Attachment, Link, Links, Narrative
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record, derived_id
from tac_desktop.casework.who_is_named import (
    BETWEEN_COLLEAGUES,
    NO_ANSWERS,
    OF_THE_COURT,
    OFFICES,
    PEOPLE,
    PROFESSIONALS,
    TELLS_WHERE,
)

WITHHELD: Final = "[withheld]"
"""Stands for words that are blanked out, in every copy of the pack."""

Decision: TypeAlias = Literal["disclose", "blank", "withhold"]
"""A code of the list 'access_decision'."""

_SHORTEST_NAME: Final = 2
_TITLES: Final = ("Mr", "Mrs", "Ms", "Miss", "Dr", "The")
_WORD: Final = re.compile(r"[^\W\d_]+")


class Mark(StrEnum):
    """Why a person has to look at an answer before it is shown; the value is how it is told."""

    OTHER_PERSON = "names another person"
    PROFESSIONAL = "names somebody who acted in her profession"
    CHILDS_OWN = "told by a child"
    KEPT_BACK = "marked as not to be shown"
    LEGAL_ADVICE = "legal advice"
    HARM = "could do serious harm if told"
    COURT = "processed by a court"
    COLLEAGUES = "written between colleagues"
    FILE = "a file"


_BY_FLAG: Final[Mapping[str, Mark]] = MappingProxyType({
    "third_party": Mark.OTHER_PERSON, "legal_advice": Mark.LEGAL_ADVICE, "harm": Mark.HARM,
    "childs_confidence": Mark.CHILDS_OWN,
})  # fmt: skip
"""What somebody said of a record when it was written (codes of 'disclosure_flag')."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One answer as it is, or as it was before it was replaced, in words."""

    record: Record
    question: str
    words: str
    file: str = ""
    """The SHA-256 of the file that it is, in hexadecimal; '' for words."""
    replaced_on: str = ""
    """The ISO day on which another answer took its place; '' where it stands."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One answer that speaks of the subject."""

    kept: Kept
    marks: frozenset[Mark]
    names: tuple[str, ...]
    """The words in it that may be names of other people, in their order."""

    @property
    def label(self) -> str:
        """The question, as the form asks it."""
        return ALL[self.kept.record.form].by_name[self.kept.question].label

    @property
    def waits(self) -> bool:
        """Whether it is shown only if somebody has decided so."""
        return bool(self.marks - {Mark.PROFESSIONAL})

    def decision_id(self, request: str) -> str:
        """Return the id of the record that holds the decision about it; other words need another decision."""
        digest = hashlib.sha256((self.kept.file or self.kept.words).encode()).hexdigest()
        return derived_id("access_decision", request, self.kept.record.id, self.kept.question, digest)


@dataclass(frozen=True)
class Shown:
    """An answer as the person who asked will read it."""

    item: Item
    words: str
    """The words with the blanked ones replaced; WITHHELD alone where nothing is shown."""
    reason: str = ""
    """A code of the list 'access_reason', where something was left out."""


def items(kept: Iterable[Kept], subject: Record) -> tuple[Item, ...]:
    """Return every answer that speaks of a person, in the order in which they are given.

    Of the mother that is all of her case file. Of a child, a carer or another person it is their own record, each
    record that is linked to it, and each answer in which their name stands.

    Args:
        kept: All answers of the case file, with those that were replaced.
        subject: The record of the person who asks.
    """
    answers = [one for one in kept if one.record.form not in NO_ANSWERS and one.words]
    own = _known_by(subject.text(name) for name in PEOPLE.get(subject.form, ()))
    others, professionals = _named(answers, subject, own)
    found = (one for one in answers if subject.form == "mother" or _speaks_of(one, subject, own))
    return tuple(
        Item(kept=one, marks=frozenset(_marks(one, subject, others, professionals)), names=_among(one.words, others))
        for one in found
    )


def undecided(found: Iterable[Item], request: str, decisions: Mapping[str, Record]) -> tuple[Item, ...]:
    """Return what still waits for a decision: what is marked, and where a name stands that was withheld elsewhere.

    Args:
        found: The answers.
        request: The id of the request.
        decisions: The decisions by their record's id.
    """
    several = tuple(found)
    told_of = _names_left_out(several, request, decisions)
    return tuple(
        item for item in several
        if item.decision_id(request) not in decisions and (item.waits or _tells_of(item, told_of))
    )  # fmt: skip


def shown(found: Iterable[Item], request: str, decisions: Mapping[str, Record]) -> tuple[Shown, ...]:
    """Return the answers as the person who asked will read them; what is not decided is withheld.

    What is blanked out of one answer is blanked out of that answer alone.
    """
    several = tuple(found)
    told_of = _names_left_out(several, request, decisions)
    return tuple(
        _shown(item, decisions.get(item.decision_id(request)), waits=item.waits or _tells_of(item, told_of))
        for item in several
    )


def _names_left_out(found: Iterable[Item], request: str, decisions: Mapping[str, Record]) -> tuple[str, ...]:
    """Return the names that somebody has decided to withhold: a link to the record would tell them, for one."""
    return tuple(
        item.kept.words
        for item in found
        if item.kept.question in PEOPLE.get(item.kept.record.form, ())
        and (decision := decisions.get(item.decision_id(request)))
        and decision.text("decision") == "withhold"
    )


def _tells_of(item: Item, names: Iterable[str]) -> bool:
    return any(places_of(item.kept.words, name) for name in names)


def blanked(words: str, parts: Iterable[str]) -> str:
    """Return words with these parts replaced, wherever they stand, in capitals or not; they may overlap."""
    left, end = "", 0
    for begin, after in sorted(place for part in parts for place in places_of(words, part)):
        if begin >= end:
            left += words[end:begin] + WITHHELD
        end = max(end, after)
    return left + words[end:]


def places_of(words: str, part: str) -> list[tuple[int, int]]:
    """Return where a part stands in words, in capitals or not: each beginning and end."""
    wanted = re.escape(part.strip())
    found = re.finditer(f"(?=({wanted}))", words, re.IGNORECASE) if wanted else ()
    return [one.span(1) for one in found]


def _shown(item: Item, decision: Record | None, *, waits: bool) -> Shown:
    if not waits and decision is None:
        return Shown(item, item.kept.words)
    reason = decision.text("reason") if decision else ""
    match decision.text("decision") if decision else "":
        case "disclose":
            return Shown(item, item.kept.words)
        case "blank" if decision:
            return Shown(item, blanked(item.kept.words, decision.text("blanked").splitlines()), reason)
        case _:
            return Shown(item, WITHHELD, reason)


def _speaks_of(kept: Kept, subject: Record, own: set[str]) -> bool:
    record = kept.record
    return (
        subject.id == record.id
        or any(subject.id in _linked(record, name) for name in ALL[record.form].by_name)
        or bool(own & _known_by([kept.words]))
    )


def _linked(record: Record, name: str) -> tuple[str, ...]:
    match ALL[record.form].by_name[name]:
        case Link():
            return (record.text(name),)
        case Links():
            return chosen(record.answers, name)
        case _:
            return ()


def _named(answers: Iterable[Kept], subject: Record, own: set[str]) -> tuple[set[str], set[str]]:
    """Return the words of the names of other people, and of those who act in their profession."""
    others, professionals, known = set[str](), set[str](), own | _no_names()
    for one in answers:
        form = one.record.form
        if one.question not in PEOPLE.get(form, ()) or one.record.id == subject.id:
            continue
        words = _known_by([one.words.partition(",")[0]])  # 'Teal Lantern, grandmother'
        if form in ("child", "mother") and subject.form == "mother":
            # her own names in another case file of hers; her children she knows, what a child told is marked by itself
            known |= words
        else:
            (professionals if form in PROFESSIONALS else others).update(words)
    return others - known - professionals, professionals - known


@cache
def _no_names() -> frozenset[str]:
    """Return the words of authorities and offices, which stand beside names and are none."""
    labels = (code.label for name in OFFICES for code in code_list(name).codes)
    return frozenset(_known_by([*labels, *_TITLES]))


def _marks(kept: Kept, subject: Record, others: set[str], professionals: set[str]) -> Iterator[Mark]:
    form, question = ALL[kept.record.form], ALL[kept.record.form].by_name[kept.question]
    words = _known_by([kept.words])
    theirs = kept.question in TELLS_WHERE.get(form.name, ()) and kept.record.id != subject.id
    if words & others or theirs:
        yield Mark.OTHER_PERSON
    if words & professionals:
        yield Mark.PROFESSIONAL
    told_by_child = form.about == "child" and isinstance(question, Narrative) and question.verbatim
    if (told_by_child and kept.record.id != subject.id) or kept.record.text("source") == "child_wishes":
        yield Mark.CHILDS_OWN
    flags = set(chosen(kept.record.answers, "disclosure"))
    yield from (mark for flag, mark in _BY_FLAG.items() if flag in flags)
    kept_from = {*question.withheld_from, *chosen(kept.record.answers, "withheld_from"), *kept_by_flags(flags)}
    if kept_from & {"mother"} if subject.form == "mother" else kept_from:
        yield Mark.KEPT_BACK
    told_of = {form.name, question.to if isinstance(question, Link | Links) else ""}  # a link tells what it leads to
    if told_of & OF_THE_COURT:
        yield Mark.COURT
    if form.name in BETWEEN_COLLEAGUES:
        yield Mark.COLLEAGUES
    if isinstance(question, Attachment):
        yield Mark.FILE


def _among(words: str, names: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in _name_words([words]) if word.casefold() in names))


def _known_by(texts: Iterable[str]) -> set[str]:
    """Return the words that may be names, as they are compared: 'LANTERN' is the same as 'Lantern'."""
    return {word.casefold() for word in _name_words(texts)}


def _name_words(texts: Iterable[str]) -> Iterator[str]:
    """Yield the words that may be names: those that begin with a capital."""
    for text in texts:
        for word in _WORD.findall(text):
            if word[0].isupper() and len(word) >= _SHORTEST_NAME:
                yield word
