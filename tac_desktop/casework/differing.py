"""In which words two texts differ, so that a person need not compare them letter by letter."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_PARAGRAPHS: Final = re.compile(r"[^\n]*\n\s*|[^\n]+")
_SENTENCES: Final = re.compile(r".+?(?:[.!?…]+[\"’”')\]]*\s+|\Z)|\s+", re.DOTALL)
_WORDS: Final = re.compile(r"\S+\s*|\s+")
_FINER: Final = (_WORDS, _SENTENCES, _PARAGRAPHS)
_MOST_COMPARED: Final = 1_000_000
"""Pairs of pieces that are compared at most: a person waits no longer than a moment."""
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

    Spaces and line ends are no difference. Compared are words; of texts too long for that the sentences or paragraphs
    first, then the words of those that differ. Where even these are too many, all of it is said to differ.
    """
    ours, theirs = list[Stretch](), list[Stretch]()
    for mine, its in _compared(one, other, len(_FINER)):
        ours += mine
        theirs += its
    return _joined(ours), _joined(theirs)


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


def _compared(one: str, other: str, below: int) -> Iterator[_Pair]:
    """Yield both texts in pairs of stretches, compared in the finest pieces that are few enough and below a level."""
    for level, pieces in enumerate(_FINER[:below]):
        ours, theirs = pieces.findall(one), pieces.findall(other)
        ours_keys, theirs_keys = [_key(piece) for piece in ours], [_key(piece) for piece in theirs]
        start, end = _shared_ends(ours_keys, theirs_keys)
        mine, its = slice(start, len(ours) - end), slice(start, len(theirs) - end)
        if len(ours[mine]) * len(theirs[its]) <= _MOST_COMPARED:
            yield _same(ours[:start], theirs[:start])
            yield from _matched(ours[mine], theirs[its], (ours_keys[mine], theirs_keys[its]), level)
            yield _same(ours[len(ours) - end :], theirs[len(theirs) - end :])
            return
    yield _different([one], [other])


def _matched(ours: list[str], theirs: list[str], keys: tuple[list[str], list[str]], level: int) -> Iterator[_Pair]:
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        some, others = ours[a:b], theirs[c:d]
        if kind == "equal":
            yield _same(some, others)
        elif kind == "replace" and level:
            yield from _compared("".join(some), "".join(others), level)
        else:
            yield _different(some, others)


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
