"""News that she was promised and that has not come, or came and was not told to her; what is to be explained again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.dues.due import Due, RecordsByForm, Source, add_months
from tac_desktop.casework.dues.escalation import rules
from tac_desktop.casework.record import Record

_DAYS: Final[Mapping[str, int]] = MappingProxyType({"weekly": 7, "fortnightly": 14})
_MONTHS: Final[Mapping[str, int]] = MappingProxyType({
    "monthly": 1, "two_months": 2, "quarterly": 3, "half_yearly": 6, "yearly": 12,
})  # fmt: skip
_MOST_TURNS: Final = 2400
"""More turns than a rhythm can have in a lifetime."""


def next_news(promised: Record, came: Sequence[Record]) -> str:
    """Return the ISO day on which news that she was promised is due next, '' where none is to be waited for.

    News that comes up to half a turn early stands for that turn.

    Args:
        promised: What was agreed.
        came: The news that came by it, in any order.
    """
    first, rhythm = promised.text("first_due"), promised.text("rhythm")
    last = max((one.text("received_on") for one in came), default="")
    due = _due_after(first, rhythm, last) if first else ""
    ended = promised.text("ended_on")
    return "" if ended and due > ended else due


def _due_after(first: str, rhythm: str, last: str) -> str:
    if not last:
        return first
    for turn in range(_MOST_TURNS if rhythm in _DAYS or rhythm in _MONTHS else 1):
        day, after = _turn(first, rhythm, turn), _turn(first, rhythm, turn + 1)
        half = (date.fromisoformat(after) - date.fromisoformat(day)).days // 2
        if (date.fromisoformat(day) - timedelta(half)).isoformat() > last:
            return day
    return ""


def _turn(first: str, rhythm: str, turn: int) -> str:
    if rhythm in _DAYS:
        return (date.fromisoformat(first) + timedelta(_DAYS[rhythm] * turn)).isoformat()
    return add_months(first, _MONTHS.get(rhythm, 0) * turn)


def _find(records: RecordsByForm) -> Iterator[Due]:
    came = records.get("update_told", ())
    for promised in records.get("promised_update", ()):
        due = next_news(promised, [one for one in came if one.text("update") == promised.id])
        if due:
            yield Due(due, "news_due", promised.form, promised.id)
    for one in came:
        if one.text("received_on") and not one.text("told_on"):
            by = date.fromisoformat(one.text("received_on")) + timedelta(rules().tell_news)
            yield Due(by.isoformat(), "tell_news", one.form, one.id)
    for one in records.get("explained", ()):
        if one.text("again_on") and one.answers.get("done") is not True:
            yield Due(one.text("again_on"), "explain_again", one.form, one.id)


SOURCE: Final = Source(frozenset({"promised_update", "update_told", "explained"}), _find)
