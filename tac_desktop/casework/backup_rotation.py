"""Which backups stay: the latest ones, and one for each of the last days, weeks and months that have any."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

LATEST: Final = 3
"""So many stay whatever their day: those before a few risky steps of one day, for one."""
DAYS: Final = 7
WEEKS: Final = 4
MONTHS: Final = 12
STALE_DAYS: Final = 7
"""After so many days without a good backup a person is warned."""
_AHEAD = timedelta(days=1)
"""So far a computer's clock may have been ahead; a backup from later than that tells nothing about its age."""


def kept(made: Mapping[str, datetime]) -> frozenset[str]:
    """Return the names of the backups that stay; the latest of all is always among them.

    Days, weeks and months without a backup do not count, so that a vault that rests for a year keeps what it has. The
    latest of a day, week or month stands for it: what stays does not depend on how often this was asked before.

    Args:
        made: When each was made, by its name, by the clock on the wall (without a zone).
    """
    latest_first = sorted(made, key=lambda name: (made[name], name), reverse=True)
    rules: tuple[tuple[int, Callable[[str], object]], ...] = (
        (LATEST, lambda name: name),
        (DAYS, lambda name: made[name].date()),
        (WEEKS, lambda name: made[name].isocalendar()[:2]),
        (MONTHS, lambda name: (made[name].year, made[name].month)),
    )
    return frozenset(name for count, stretch in rules for name in _first_of_each(latest_first, stretch, count))


def _first_of_each(names: Iterable[str], stretch: Callable[[str], object], count: int) -> list[str]:
    first: dict[object, str] = {}
    for name in names:
        first.setdefault(stretch(name), name)
    return list(first.values())[:count]


def is_due(good: Iterable[datetime], now: datetime) -> bool:
    """Say whether today has no backup yet.

    Args:
        good: When the good backups were made, by the clock on the wall.
        now: The same clock now.
    """
    return all(made.date() != now.date() for made in good)


def is_stale(good: Iterable[datetime], now: datetime) -> bool:
    """Say whether there is no good backup from the last seven days; one from the future shows nothing."""
    return not any(-_AHEAD <= now - made < timedelta(days=STALE_DAYS) for made in good)
