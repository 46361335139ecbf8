"""How many mothers each prison's service took on in a year, beside how many it was meant for."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tac_desktop.casework.record import Record
from tac_desktop.paths import resources


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """For how many mothers a prison's service is meant."""

    mothers_a_year: int
    year_begins: str
    """Month and day: '04-01'."""
    source: str
    confirmed: str
    """The ISO day on which the service confirmed it; '' while that is still to come."""


@dataclass(frozen=True)
class TakenOn:
    """How many mothers a prison's service took on in the year that begins on an ISO day."""

    prison: str
    year: str
    mothers: int


@cache
def capacity() -> Capacity:
    """Return for how many mothers a service is meant, read once from the program's own resource file."""
    return Capacity(**tomllib.loads((resources() / "capacity.toml").read_text("utf-8"))["capacity"])


def year_of(day: str) -> str:
    """Return the first ISO day of the service's year in which a day lies."""
    begins = capacity().year_begins
    year = int(day[:4]) - (day[5:10] < begins)
    return f"{year:04}-{begins}"


def taken_on(episodes: Iterable[Record], prisons: Mapping[str, str], years: Sequence[str]) -> list[TakenOn]:
    """Return how many mothers were taken on, by prison and year; each once a year, however often she was.

    Args:
        episodes: All episodes of the case files that count.
        prisons: The code of the prison of each case file; only these count.
        years: The first days of the years that are wanted.
    """
    found = {(prison, year): set[str]() for prison in sorted(set(prisons.values())) for year in years}
    for episode in episodes:
        opened, prison = episode.text("opened"), prisons.get(episode.case_file)
        if prison is not None and opened and (prison, year_of(opened)) in found:
            found[prison, year_of(opened)].add(episode.case_file)
    return [TakenOn(prison, year, len(mothers)) for (prison, year), mothers in found.items()]
