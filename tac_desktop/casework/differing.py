"""In which words two texts differ, so that a person need not compare them letter by letter."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_WORDS: Final = re.compile(r"\S+\s*|\s+")
_TOGETHER: Final = 4
"""So many words in a row that stand only once in either text show which places belong together."""
_MOST_COMPARED: Final = 1_000_000
"""Pairs of words that are compared at most between two such places: a person waits no longer than a moment."""
_AROUND: Final = 12
"""So many words are shown before and after what differs, where a text is shortened."""


@dataclass(frozen=True)
class Stretch:
    """A part of a text that stands in the other text, too, or does not; all stretches together are the text."""

    text: str
    differs: bool
    left_out: int = 0
    """How many words were left out here; then `text` is empty."""


Stretches = tuple[Stretch, ...]


def differing(one: str, other: str) -> tuple[Stretches, Stretches]:
    """Return each text in stretches, in their order: what stands in both, and what does not.

    Spaces and line ends are no difference. Between places that belong together words are compared; where these are too
    many, all of them are said to differ.
    """
    ours, theirs = _WORDS.findall(one), _WORDS.findall(other)
    keys = [_key(word) for word in ours], [_key(word) for word in theirs]
    found: list[_Pair] = []
    after = (0, 0)
    for place in (*_places(*keys), (len(ours), len(theirs))):
        mine, its = slice(after[0], place[0]), slice(after[1], place[1])
        found += _matched(ours[mine], theirs[its], (keys[0][mine], keys[1][its]))
        after = place
    return _joined(part for mine, _ in found for part in mine), _joined(part for _, its in found for part in its)


def shortened(stretches: Iterable[Stretch]) -> Stretches:
    """Return a text without the long stretches that stand in both, but for some words around what differs."""
    found = tuple(stretches)
    if not any(stretch.differs for stretch in found):
        return found
    last = len(found) - 1
    return tuple(part for place, each in enumerate(found) for part in _around(each, place == 0, place == last))


def differing_words(stretches: Iterable[Stretch]) -> list[str]:
    """Return what stands in this text alone, each stretch in one line."""
    return [" ".join(stretch.text.split()) for stretch in stretches if stretch.differs and stretch.text.strip()]


_Pair = tuple[list[Stretch], list[Stretch]]


def _places(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Return places in both texts that belong together, in their order (patience difference, over rows of words)."""
    here, there = _standing_once(one), _standing_once(other)
    pairs = sorted((at, there[row]) for row, at in here.items() if row in there)
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [place]
        last[at : at + 1] = [number]
    chosen: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _standing_once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return where each row of words begins that stands only once in a text."""
    found: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - _TOGETHER + 1):
        row = tuple(words[at : at + _TOGETHER])
        found[row] = -1 if row in found else at
    return {row: at for row, at in found.items() if at >= 0}


def _matched(ours: list[str], theirs: list[str], keys: tuple[list[str], list[str]]) -> Iterator[_Pair]:
    start, end = _shared_ends(*keys)
    mine, its = slice(start, len(ours) - end), slice(start, len(theirs) - end)
    yield _same(ours[:start], theirs[:start])
    if len(ours[mine]) * len(theirs[its]) > _MOST_COMPARED:
        yield _different(ours[mine], theirs[its])
    else:
        matcher = SequenceMatcher(None, keys[0][mine], keys[1][its], autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            pair = _same if kind == "equal" else _different
            yield pair(ours[mine][a:b], theirs[its][c:d])
    yield _same(ours[len(ours) - end :], theirs[len(theirs) - end :])


def _key(piece: str) -> str:
    return " ".join(piece.split())


def _shared_ends(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Return how many pieces both begin with, and how many both end with."""
    most = min(len(one), len(other))
    start = next((place for place in range(most) if one[place] != other[place]), most)
    left = most - start
    end = next((place for place in range(left) if one[-1 - place] != other[-1 - place]), left)
    return start, end


def _same(one: Sequence[str], other: Sequence[str]) -> _Pair:
    return [Stretch("".join(one), differs=False)], [Stretch("".join(other), differs=False)]


def _different(one: Sequence[str], other: Sequence[str]) -> _Pair:
    return [Stretch("".join(one), differs=True)], [Stretch("".join(other), differs=True)]


def _joined(stretches: Iterable[Stretch]) -> Stretches:
    """Return the stretches with neighbours of one kind made one; mere space is no difference."""
    found: list[Stretch] = []
    for stretch in stretches:
        if not stretch.text:
            continue
        differs = stretch.differs and bool(stretch.text.strip())
        if found and found[-1].differs is differs:
            found[-1] = Stretch(found[-1].text + stretch.text, differs)
        else:
            found.append(Stretch(stretch.text, differs))
    return tuple(found)


def _around(stretch: Stretch, first: bool, last: bool) -> Iterator[Stretch]:  # noqa: FBT001 - its place in the text
    words: list[str] = _WORDS.findall(stretch.text)
    before, after = 0 if first else _AROUND, 0 if last else _AROUND
    if stretch.differs or len(words) <= before + after + _AROUND:
        yield stretch
        return
    if before:
        yield Stretch("".join(words[:before]), differs=False)
    yield Stretch("", differs=False, left_out=len(words) - before - after)
    if after:
        yield Stretch("".join(words[-after:]), differs=False)
