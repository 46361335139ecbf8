"""The part of zxcvbn that the program uses; the library carries no types of its own."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

class Match(TypedDict):
    pattern: str
    token: str
    dictionary_name: NotRequired[str]

class Result(TypedDict):
    password: str
    score: int
    sequence: list[Match]

def zxcvbn(password: str, user_inputs: Sequence[str] | None = None, max_length: int = 72) -> Result: ...
