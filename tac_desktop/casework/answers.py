"""What may stand as the answer to a question, and the two states that are answers without a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class NotKnown:
    """It was asked, and nobody knows; `reason` may say why."""

    reason: str = ""


@dataclass(frozen=True)
class Declined:
    """It was asked, and the person did not wish to answer."""


Answer: TypeAlias = str | int | bool | tuple[str, ...] | NotKnown | Declined
"""A text, code, ISO date, record id or SHA-256 is a `str`; money is a decimal as `str`; several codes or ids a tuple.

A question that was not asked has no answer: its name is absent from `Answers`.
"""

Answers: TypeAlias = Mapping[str, Answer]


def text_of(answers: Answers, name: str) -> str:
    """Return the answer `name` as text, '' where it was not asked, is not known or was declined."""
    answer = answers.get(name)
    return answer if isinstance(answer, str) else ""


def chosen(answers: Answers, name: str) -> tuple[str, ...]:
    """Return the codes or ids of the answer `name`, an empty tuple where there are none."""
    answer = answers.get(name)
    return answer if isinstance(answer, tuple) else ()
