"""Work that tells how far it is: a generator that yields (done, total) and returns its result."""

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")


def run_to_end(steps: Generator[object, None, Result]) -> Result:
    """Do all of it at once, where nobody watches, and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
