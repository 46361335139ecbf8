"""What should perhaps not stand in a letter to a child: names, places and ways to find somebody, from the case itself.

A letter that names the carers' street, or the surname of an adopter, can end a letterbox for good. The program finds
the words that its own records know, and what looks like an address, a school or a number; whether a word may stay, a
person decides. Words are found in capitals or not, with accents or without, with signs or gaps between their letters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.codelists import label
from tac_desktop.casework.record import Record, RecordsByForm

Kind: TypeAlias = Literal[
    "surname", "carer", "person", "place", "school", "address", "phone", "email", "link", "number"
]
KINDS: Final[Mapping[Kind, str]] = MappingProxyType({
    "surname": "A surname", "carer": "The name of a carer", "person": "The name of somebody in the case file",
    "place": "A place or an office", "school": "A school or nursery", "address": "An address",
    "phone": "A telephone number", "email": "An e-mail address", "link": "A link or an account",
    "number": "A number by which she can be found",
})  # fmt: skip

READ: Final = (
    "mother", "child", "placement", "person", "childrens_social_worker", "contact", "proceedings", "hearing", "order",
    "custody", "visit_request", "final_contact", "adoption", "letterbox_agreement", "school_request",
)  # fmt: skip
"""The forms of which the records are wanted."""

_CARERS: Final = (("placement", "carer"), ("letterbox_agreement", "partner"), ("person", "name"),
                  ("person", "known_as"), ("visit_request", "escort"))  # fmt: skip
_PEOPLE: Final = (("childrens_social_worker", "name"), ("contact", "who"), ("proceedings", "solicitor"),
                  ("proceedings", "guardian"), ("hearing", "judge"))  # fmt: skip
_PLACES: Final = (("letterbox_agreement", "agency_name"), ("order", "court"), ("hearing", "court"),
                  ("proceedings", "court"), ("person", "address"), ("final_contact", "place"))  # fmt: skip
_OFFICES: Final = (("child", "local_authority", "local_authority"), ("mother", "prison", "prison"),
                   ("custody", "prison", "prison"),
                   ("childrens_social_worker", "local_authority", "local_authority"))  # fmt: skip
_NUMBERS: Final = (("mother", "prison_number"), ("mother", "reference"), ("proceedings", "case_number"),
                   ("order", "case_number"))  # fmt: skip
_TITLES: Final = (
    "mr mrs ms miss dr mx sir the and of foster carer carers mother father mum dad nan nana gran granny grandmother "
    "grandfather grandparent grandparents aunt auntie uncle maternal paternal sister brother cousin adopter adopters "
    "social worker guardian solicitor judge district her his honour sw la with for at from childrens services service "
    "school nursery team office court prison health visitor wing officer safer custody chaplain chaplaincy pact"
)
NO_NAMES: Final = frozenset(_TITLES.split())
"""Words that stand beside a name, whatever the person is called."""
_COMMON: Final = (
    "hmp yoi hm prison county city borough council london metropolitan royal district family court the of at and in "
    "letterbox service local authority team room house"
)
_OF_PLACES: Final = frozenset(_COMMON.split())
"""Words that stand in what many people, and many places, are called, and tell nothing by themselves."""
_SHORTEST_PART: Final = 3
_LONGEST_NAME: Final = 4
"""Of how many words a name is at most; of more words only those with a capital are taken for one."""
_WORD: Final = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_SIGNS: Final = re.compile(r"[^0-9a-z]+")
_STREETS: Final = (
    "road|rd|street|avenue|ave|lane|close|drive|way|crescent|terrace|gardens|grove|hill|square|row|walk|mews|court|"
    "place|parade|rise|green|view"
)
_SCHOOLS: Final = "school|academy|nursery|preschool|pre-school|college|playgroup|childminders?"
_NOT_A_SCHOOL: Final = (
    "the|a|at|my|your|his|her|our|their|to|from|in|new|big|good|after|before|of|for|and|or|like|love|enjoy|start|"
    "started|starting|primary|secondary|high|infant|junior|nursery|is|how|about|with|this|that|next|last|first|"
    "lovely|nice|every|no|when|if|what|hope|into|through|finish|finished|leave|left|went|going|go"
)
_PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("email", re.compile(r"[^\s@<>]+\s?@\s?[^\s@<>]+\.[^\W\d_]{2,}", re.IGNORECASE)),
    ("link", re.compile(r"https?://\S+|\bwww\.\S+|(?<![\w@])@\w[\w.]+", re.IGNORECASE)),
    ("phone", re.compile(r"(?<![\w+])(?:\+\s?)?\(?\d(?:[\s().\-/]{0,3}\d){8,14}(?!\w)")),
    ("number", re.compile(r"\b[a-z]\d{4}[a-z]{2}\b", re.IGNORECASE)),
    ("address", re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s{0,2}\d[a-z]{2}\b", re.IGNORECASE)),
    ("address", re.compile(rf"\b\d{{1,4}}[a-z]?,?\s+(?:[\w’'\-]+\s+){{1,3}}(?:{_STREETS})\b", re.IGNORECASE)),
    ("address", re.compile(rf"\b(?:[A-Z][\w’'\-]+\s+){{1,3}}(?:{_STREETS.title()})\b")),
    ("school", re.compile(
        rf"\b(?!(?:{_NOT_A_SCHOOL})\b)[^\W\d_][\w’'.\-]*\s+(?:(?:primary|secondary|high|infant|junior|nursery)\s+)?"
        rf"(?:{_SCHOOLS})\b", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """Words that the records know and that should not stand in a letter."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Found:
    """A place in a letter that somebody has to look at."""

    kind: Kind
    begin: int
    end: int
    """Where it stands in the text; the end is the place after its last character."""
    words: str
    """As they stand there."""
    line: int
    """Counted from 1."""

    def told(self) -> str:
        """Return it in words: '‘Saddle’ in line 3: The name of a carer'."""
        return f"‘{' '.join(self.words.split())}’ in line {self.line}: {KINDS[self.kind]}"


def found_in(text: str, records: RecordsByForm, agreement: Record | None = None) -> list[Found]:
    """Return what should perhaps not stand in a letter, from its beginning to its end.

    Args:
        text: The letter.
        records: The records of the case file, of the forms in `READ`.
        agreement: The letterbox agreement, which says how she signs and whether first names may stand; None for none.
    """
    letters = _Letters(text)
    places: list[tuple[int, int, Kind]] = [
        (begin, end, term.kind) for term in terms(records, agreement) for begin, end in letters.places(term)
    ]
    for kind, pattern in _PATTERNS:
        places.extend((hit.start(), hit.end(), kind) for hit in pattern.finditer(text))
    kept: list[Found] = []
    for begin, end, kind in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or end > kept[-1].end:
            kept.append(Found(kind, begin, end, text[begin:end], text.count("\n", 0, begin) + 1))
    return kept


def terms(records: RecordsByForm, agreement: Record | None = None) -> list[Term]:
    """Return the words that should not stand in a letter, by what the records know."""
    first_names = agreement is None or agreement.answers.get("first_names_only") is not False
    may = {_folded(word) for word in _may_stand(records, agreement)}
    found = list[Term]()
    if first_names:
        found += [Term("surname", word) for form in ("mother", "child") for word in _surnames(records.get(form, ()))]
    allowed_first = agreement is not None and agreement.answers.get("first_names_only") is True
    named: tuple[tuple[Kind, Iterator[str]], ...] = (
        ("carer", _texts(records, _CARERS)), ("person", _texts(records, _PEOPLE))
    )  # fmt: skip
    for kind, texts in named:
        found += [Term(kind, words) for text in texts for words in _of_a_name(text, first_may_stand=allowed_first)]
    found += [Term("place", words) for text in _texts(records, _PLACES) for words in _of_a_place(text)]
    for form, field, codes in _OFFICES:
        for record in records.get(form, ()):
            if record.text(field):
                found += [Term("place", words) for words in _of_a_place(label(codes, record.text(field)))]
    found += [Term("number", text) for text in _texts(records, _NUMBERS)]
    found += _of_schools(records, first_may_stand=allowed_first)
    kept = (term for term in found if _folded(term.words) and _folded(term.words) not in may)
    return list({(term.kind, _folded(term.words)): term for term in kept}.values())


def _of_schools(records: RecordsByForm, *, first_may_stand: bool) -> Iterator[Term]:
    """Yield what a child’s school is called, and whoever of it is named after a comma: 'Maple School, Olive Easel'."""
    for text in _texts(records, (("school_request", "school"),)):
        school, _, person = text.partition(",")
        yield from (Term("school", words) for words in _of_a_place(school))
        yield from (Term("person", words) for words in _of_a_name(person, first_may_stand=first_may_stand))


def _texts(records: RecordsByForm, where: Iterable[tuple[str, str]]) -> Iterator[str]:
    told = (record.text(field) for form, field in where for record in records.get(form, ()))
    return iter(dict.fromkeys(text for text in told if text))  # a log names the same people again and again


def _may_stand(records: RecordsByForm, agreement: Record | None) -> Iterator[str]:
    """Yield the words that a letter between her and the child is made of: their first names, and how she signs."""
    for record in (*records.get("mother", ()), *records.get("child", ())):
        yield from _WORD.findall(record.text("name"))[:1]
        yield record.text("known_as")
        yield from _WORD.findall(record.text("known_as"))[:1]
    if agreement is not None:
        yield agreement.text("sign_as")
        yield from _WORD.findall(agreement.text("sign_as"))


def _surnames(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        for word in _WORD.findall(record.text("name"))[1:]:
            if _folded(word) not in NO_NAMES:
                yield from _with_parts(word)


def _of_a_name(text: str, *, first_may_stand: bool) -> Iterator[str]:
    """Yield the whole name and each of its words; of 'Olive Saddle, foster carer' and of 'Mrs Saddle' as well."""
    head = re.split(r"[,;(/\n]| [-–] ", text)[0]
    words = _WORD.findall(head)
    own = [word for word in words if _folded(word) not in NO_NAMES]
    names = own if len(own) <= _LONGEST_NAME else [word for word in own if word[:1].isupper()]
    titled = bool(words) and bool(names) and words[0] != names[0]
    for run in range(len(names) - 1):  # 'Olive Saddle Kettle' and 'Saddle Kettle'
        yield " ".join(names[run:])
    skip_first = first_may_stand and len(names) > 1 and not titled
    for word in names[1:] if skip_first else names:
        if word[:1].isupper() or len(word) > _SHORTEST_PART:  # 'van' and 'de' tell nothing by themselves
            yield from _with_parts(word)


def _with_parts(word: str) -> Iterator[str]:
    """Yield a name, and the parts of a double one: 'Lantern-Bell'."""
    yield word
    if "-" in word:
        yield from (part for part in word.split("-") if len(part) >= _SHORTEST_PART)


def _of_a_place(text: str) -> Iterator[str]:
    """Yield what a place is called, with and without the words that many places have: 'HMP Eastwood Park'."""
    for line in re.split(r"[,;\n(]", text):
        words = _WORD.findall(line)
        own = [word for word in words if _folded(word) not in _OF_PLACES and not word.isdigit()]
        if own:
            yield " ".join(words)
            yield " ".join(own)


def _folded(text: str) -> str:
    """Return the letters and digits of a text as they are compared: 'O’Néill-Ray' is 'oneillray'."""
    if text.isascii():  # most are, and a case file names hundreds of people
        return _SIGNS.sub("", text.lower())
    return "".join(_fold_one(char) for char in text)


def _fold_one(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    plain = unicodedata.normalize("NFKD", char.casefold()).replace("ı", "i")
    return "".join(part for part in plain if part.isalnum())


class _Letters:
    """The letters and digits of a text without all that stands between them, and where each of them stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        folded = [(part, place) for place, char in enumerate(text) for part in _fold_one(char)]
        self._folded = "".join(part for part, _ in folded)
        self._places = [place for _, place in folded]

    def places(self, term: Term) -> Iterator[tuple[int, int]]:
        """Yield where a term stands: each beginning and end in the text."""
        wanted = _folded(term.words)
        at = self._folded.find(wanted) if wanted else -1
        while at >= 0:
            begin, end = self._places[at], self._places[at + len(wanted) - 1] + 1
            if self._is_whole(at, at + len(wanted)) and _reads_as(self._text[begin:end], term.words):
                yield begin, end
            at = self._folded.find(wanted, at + 1)

    def _is_whole(self, first: int, after: int) -> bool:
        """Say whether no letter stands right before or after: then it is no part of a longer word."""
        before = first == 0 or self._parted(first - 1, first)
        return before and (after == len(self._places) or self._parted(after - 1, after))

    def _parted(self, one: int, other: int) -> bool:
        between = self._text[self._places[one] + 1 : self._places[other]]
        return self._places[one] != self._places[other] and any(not unicodedata.combining(char) for char in between)


def _reads_as(text: str, words: str) -> bool:
    """Say whether gaps stand only where the words have them, or between all letters: 'in man' is not 'Inman'."""
    parts = [_folded(part) for part in text.split()]
    own = [_folded(part) for part in re.split(r"[\W_]+", words)]
    return _breaks(parts) <= _breaks(own) or all(len(part) <= 1 for part in parts)


def _breaks(parts: Iterable[str]) -> set[int]:
    found, length = set[int](), 0
    for part in parts:
        length += len(part)
        found.add(length)
    return found
