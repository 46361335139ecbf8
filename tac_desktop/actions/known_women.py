"""Is she already here? Women of the vault whose name, prison number or date of birth is like what is being typed."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases
from tac_desktop.casework.answers import Answers, text_of
from tac_desktop.casework.caseload import CaseloadRow
from tac_desktop.casework.permissions import Deed
from tac_desktop.storage.caseload_table import CaseloadFilter

if TYPE_CHECKING:
    from tac_desktop.storage.joined_cases import KnownBy
    from tac_desktop.storage.store import Store

Reason: TypeAlias = Literal["number", "number_near", "name", "name_in_part", "born", "born_near", "born_otherwise"]
"""In what she is like the one who is being typed in; `born_otherwise` is in what she is not."""

_POINTS: Final[Mapping[Reason, int]] = {
    "number": 100, "number_near": 20, "name": 40, "name_in_part": 5, "born": 40, "born_near": 20, "born_otherwise": -20,
}  # fmt: skip
_TOO_LITTLE: Final = frozenset[Reason]({"number_near", "name_in_part", "born_near", "born_otherwise"})
_TOLD_FROM: Final = 20
"""A namesake born on another day is just told; who has only the day, or only a first name in common is not."""
_ALIKE, _ALIKE_IF_SHORT, _SHORT = 72, 78, 4
"""From where on two words are taken for spellings of one (of 100): 'Anchor' and 'Ankor' are, 'Jane' and 'Jade' are not.
In a word of four letters one other letter makes another name."""
_WORDS_OF_A_NAME: Final = 2
_SHORTEST_NUMBER: Final = 5
_MOST: Final = 5
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed of a woman so far; dates are ISO, '' where there is none yet."""

    name: str = ""
    also: tuple[str, ...] = ()
    """What she likes to be called, other and former names."""
    prison_number: str = ""
    born: str = ""


@dataclass(frozen=True)
class Fit:
    """A woman of the vault who fits."""

    row: CaseloadRow
    reasons: tuple[Reason, ...]
    prison_number: str
    born: str


@dataclass(frozen=True)
class Found:
    """Who fits what was typed."""

    fits: Sequence[Fit]
    """Best first, at most five."""
    closed: bool
    """Whether a case file fits that the person may not open. It is told only of one that fits without doubt, and never
    which it is or why."""

    @property
    def is_sure(self) -> bool:
        """Whether somebody fits without doubt: by her prison number, or by name and day of birth."""
        return self.closed or any(is_without_doubt(fit.reasons) for fit in self.fits)


class KnownWomen:
    """By what the women of a vault are known, as it was read once; asking it then takes some milliseconds."""

    def __init__(self, women: "Sequence[KnownBy]") -> None:
        """Put the words of all names, the numbers and the days into order."""
        self._women = {one.case_file: one for one in women}
        self._cases = list(self._women)
        self._names = [[frozenset(words_of(name)) for name in _each(one.names)] for one in women]
        self._numbers = [frozenset(map(_number, one.numbers)) - {""} for one in women]
        self._births = [one.births for one in women]
        self._by_word: dict[str, list[int]] = {}
        self._by_number: dict[str, list[int]] = {}
        self._by_birth: dict[str, list[int]] = {}
        for place, names in enumerate(self._names):
            _file(self._by_word, {word for words in names for word in words}, place)
            _file(self._by_number, self._numbers[place], place)
            _file(self._by_birth, self._births[place], place)
        self._words = list(self._by_word)

    def like(self, typed: Typed) -> list[tuple[str, tuple[Reason, ...]]]:
        """Return case files and reasons of the women who are like one, the most alike first."""
        names, number = [words_of(name) for name in (typed.name, *typed.also)], _number(typed.prison_number)
        alike = {word: self._alike(word) for words in names for word in words}
        told: list[tuple[int, str, tuple[Reason, ...]]] = []
        for place in self._worth_a_look(alike, number, typed.born):
            reasons = (*self._by_its_number(place, number), *self._by_name(place, names, alike),
                       *self._by_day(place, typed.born))  # fmt: skip
            points = sum(_POINTS[reason] for reason in reasons)
            if points >= _TOLD_FROM and not set(reasons) <= _TOO_LITTLE:
                told.append((-points, self._cases[place], reasons))
        return [(case_file, reasons) for _, case_file, reasons in sorted(told)]

    def spelt_like(self, words: Collection[str]) -> list[str]:
        """Return the case files of the women in one of whose names each word is spelt alike, or begins one."""
        found = [self._alike(word).union(one for one in self._words if one.startswith(word)) for word in words]
        first = {place for other in found[0] for place in self._by_word[other]} if found else set[int]()
        return [
            self._cases[place]
            for place in sorted(first)
            if any(not any(hers.isdisjoint(alike) for alike in found) for hers in self._names[place])
        ]

    def _worth_a_look(self, alike: Mapping[str, Collection[str]], number: str, born: str) -> set[int]:
        """Return the places of those of whom two words fit, or one and the day of birth, or the number."""
        fitting: dict[int, int] = {}
        for found in alike.values():
            for place in {place for word in found for place in self._by_word[word]}:
                fitting[place] = fitting.get(place, 0) + 1
        places = {place for place, count in fitting.items() if count >= _WORDS_OF_A_NAME}
        places.update(place for place in self._by_birth.get(born, ()) if place in fitting)
        return places.union(self._by_number.get(number, ()))

    def __len__(self) -> int:
        """Return how many women are known."""
        return len(self._women)

    def woman(self, case_file: str) -> "KnownBy":
        """Return by what the woman of a case file is known."""
        return self._women[case_file]

    def _alike(self, word: str) -> frozenset[str]:
        from rapidfuzz import fuzz, process

        from_here = _ALIKE_IF_SHORT if len(word) <= _SHORT else _ALIKE
        found = process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=from_here, limit=None)
        return frozenset(other for other, _, _ in found)

    def _by_name(
        self, place: int, names: Sequence[Sequence[str]], alike: Mapping[str, frozenset[str]]
    ) -> tuple[Reason, ...]:
        """Say whether one of her names is one that was typed: one may leave out words that the other one has."""
        in_part = False
        for words in names:
            for hers in self._names[place]:
                shared = sum(not hers.isdisjoint(alike[word]) for word in words)
                if shared >= _WORDS_OF_A_NAME and shared >= min(len(words), len(hers)):
                    return ("name",)
                in_part = in_part or shared > 0
        return ("name_in_part",) if in_part else ()

    def _by_its_number(self, place: int, number: str) -> tuple[Reason, ...]:
        hers = self._numbers[place]
        if len(number) < _SHORTEST_NUMBER or not hers:
            return ()
        if number in hers:
            return ("number",)
        return ("number_near",) if any(_differs_in_one(number, each) for each in hers) else ()

    def _by_day(self, place: int, born: str) -> tuple[Reason, ...]:
        hers = self._births[place]
        if len(born) < len("2019-03-27") or not hers:
            return ()
        if born in hers:
            return ("born",)
        near = {f"{day[:4]}-{day[8:]}-{day[5:7]}" for day in hers}
        is_near = born in near or any(_differs_in_one(born, day) for day in hers)
        return ("born_near",) if is_near else ("born_otherwise",)


@dataclass(frozen=True)
class Namesakes:
    """A mother of a workbook who may be here already."""

    reference: str
    name: str
    found: Found


@permitted(Deed.READ_CASES)
def here_already(store: "Store", mothers: Sequence[Answers]) -> tuple[Namesakes, ...]:
    """Return those of new mothers (answers of the form `mother`) who may be here already, under another reference."""
    if not mothers:
        return ()
    women = read_women(store)
    found = [(one, known_women(store, women, typed_of(one))) for one in mothers]
    return tuple(
        Namesakes(text_of(one, "reference"), text_of(one, "name"), fitting)
        for one, fitting in found
        if fitting.fits or fitting.closed
    )


def typed_of(answers: Answers) -> Typed:
    """Return what the answers of the form `mother` say of who she is."""
    return Typed(
        name=text_of(answers, "name"),
        also=tuple(one for one in (text_of(answers, "known_as"), text_of(answers, "aliases")) if one),
        prison_number=text_of(answers, "prison_number"), born=text_of(answers, "date_of_birth"),
    )  # fmt: skip


@permitted(Deed.READ_CASES)
def read_women(store: "Store") -> KnownWomen:
    """Read by what the women of a vault are known: names they have or had, prison numbers, dates of birth.

    Nothing of it is for the eye before `known_women` has looked who may open which case file.
    """
    return KnownWomen(store.joined_cases.known_by())


@permitted(Deed.READ_CASES)
def known_women(store: "Store", women: KnownWomen, typed: Typed, *, but: Collection[str] = ()) -> Found:
    """Return the women of the vault who fit what was typed of one, so that nobody enters her a second time.

    Args:
        store: The store of the open vault.
        women: As `read_women` gave them.
        typed: What was typed so far.
        but: Case files that are not meant: her own.
    """
    closed = closed_cases(store)
    like = [(case_file, reasons) for case_file, reasons in women.like(typed) if case_file not in but]
    shown = [(case_file, reasons) for case_file, reasons in like if case_file not in closed][:_MOST]
    wanted = CaseloadFilter(case_files=tuple(case_file for case_file, _ in shown))
    rows = {row.case_file: row for row in store.caseload_page(store.caseload_ids(wanted))} if shown else {}
    fits = [
        Fit(rows[case_file], reasons, rows[case_file].prison_number, max(women.woman(case_file).births, default=""))
        for case_file, reasons in shown
        if case_file in rows
    ]
    return Found(fits, any(case_file in closed and is_without_doubt(reasons) for case_file, reasons in like))


def words_of(name: str) -> list[str]:
    """Return the words of a name as they are compared: without accents, in small letters."""
    if not name.isascii():
        name = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    return _WORD.findall(name.casefold().replace("'", "").replace("\u2019", ""))


def is_without_doubt(reasons: Collection[Reason]) -> bool:
    """Say whether it takes chance or a mistake that this is another woman."""
    return "number" in reasons or {"name", "born"} <= set(reasons)


def _file(places: dict[str, list[int]], under: Collection[str], place: int) -> None:
    for one in under:
        places.setdefault(one, []).append(place)


def _each(names: Collection[str]) -> list[str]:
    """Return each of several names: commas, semicolons and lines stand between them, 'Kettle, Ochre' is one too."""
    found = [part for name in names for part in name.replace(";", ",").replace("\n", ",").split(",")]
    return [*found, *(name for name in names if name.count(",") == 1)]


def _number(number: str) -> str:
    return "".join(_WORD.findall(number.upper()))


def _differs_in_one(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
