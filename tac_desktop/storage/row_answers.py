"""The answers of a record as they lie in its row: each is made when it is looked at.

A full case file has thousands of records, of most of which only one or two answers are ever looked at.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeAlias

import msgspec

from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.fields import Choices, Field, Links, YesNo

Reader: TypeAlias = Callable[[Any], Answer]
Places: TypeAlias = Mapping[str, tuple[int, Reader | None]]
"""By question the place of its cell in a row, and what makes the answer of it; None where the cell is the answer."""
_several = msgspec.json.Decoder(tuple[str, ...]).decode
_READERS: Mapping[type[Field], Reader] = MappingProxyType({Choices: _several, Links: _several, YesNo: bool})
_NONE: Mapping[str, Answer] = MappingProxyType({})


def places(fields: Sequence[Field], first: int) -> Places:
    """Return where the answers to these questions lie in a row, the first of them at a place (from 0)."""
    return {field.name: (first + place, _READERS.get(type(field))) for place, field in enumerate(fields)}


def without_value(states: str | None) -> Mapping[str, Answer]:
    """Return the answers without a value, from the cell that holds them."""
    told = json.loads(states).items() if states else ()
    return {name: NotKnown(v["not_known"]) if "not_known" in v else Declined() for name, v in told} if told else _NONE


class RowAnswers(Mapping[str, Answer]):
    """What is answered in one row, equal to a dictionary of the same answers; nobody changes it."""

    __slots__ = ("_places", "_row", "_states")

    def __init__(self, places: Places, row: Sequence[Any], states: Mapping[str, Answer]) -> None:
        """Take where the cells lie, the row, and the answers without a value, which have no cell."""
        self._places, self._row, self._states = places, row, states

    def get(self, name: str, default: Any = None, /) -> Any:  # noqa: ANN401 - as `Mapping.get`, whose overloads it serves
        """Return the answer to a question, `default` where there is none."""
        place = self._places.get(name)
        if place is not None and (cell := self._row[place[0]]) is not None:
            read = place[1]
            return cell if read is None else read(cell)
        return self._states.get(name, default)

    def __getitem__(self, name: str) -> Answer:
        """Return the answer to a question; KeyError where there is none."""
        answer = self.get(name)
        if answer is None:
            raise KeyError(name)
        return answer

    def __contains__(self, name: object) -> bool:
        """Say whether a question is answered."""
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        """Yield the questions that are answered, in the form's order, those without a value last."""
        row = self._row
        yield from (name for name, (place, _) in self._places.items() if row[place] is not None)
        yield from self._states

    def __len__(self) -> int:
        """Return how many questions are answered."""
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        """Return what a dictionary of the same answers would show."""
        return repr(dict(self))
