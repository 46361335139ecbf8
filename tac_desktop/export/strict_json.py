"""JSON of strangers: one reading of it, or none."""

import json
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def strict_json(text: bytes, kind: type[T]) -> T:
    """Return a document of this type; members that the type does not know are passed over.

    Raises:
        ValueError: It is no JSON, of another type, or a member stands twice, so that another program could take the
            other one.
    """
    try:
        found = msgspec.json.decode(text, type=kind)  # first: it builds nothing that the type does not know
        json.loads(text, object_pairs_hook=_refuse_twins, parse_constant=_refuse)
        return found
    except (msgspec.MsgspecError, RecursionError) as trouble:
        raise ValueError from trouble


def _refuse_twins(members: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in members}) != len(members):
        raise ValueError


def _refuse(_word: str) -> None:
    raise ValueError
