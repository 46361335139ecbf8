"""News that she was promised and that has not come, or came and was not told to her; what is to be explained again."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.days import add_days, add_months, days_between
from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.dues.escalation import rules
from tac_desktop.casework.record import Record, RecordsByForm

_DAYS: Final[Mapping[str, int]] = MappingProxyType({"weekly": 7, "fortnightly": 14})
_MONTHS: Final[Mapping[str, int]] = MappingProxyType({
    "monthly": 1, "two_months": 2, "quarterly": 3, "half_yearly": 6, "yearly": 12,
})  # fmt: skip


def next_news(promised: Record, came: Sequence[Record]) -> str:
    """Return the ISO day on which news that she was promised is due next, '' where none is to be waited for.

    News that comes up to half a turn early stands for that turn; news that was promised once stands for it at any time.

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
    if rhythm not in _DAYS and rhythm not in _MONTHS:
        return ""
    passed = days_between(first, last) // (_DAYS.get(rhythm) or _MONTHS[rhythm] * 31)  # so many turns, or a few more
    turns = ((_turn(first, rhythm, turn), _turn(first, rhythm, turn + 1)) for turn in count(max(0, passed)))
    return next(day for day, after in turns if add_days(day, -(days_between(day, after) // 2)) > last)


def _turn(first: str, rhythm: str, turn: int) -> str:
    if rhythm in _DAYS:
        return add_days(first, _DAYS[rhythm] * turn)
    return add_months(first, _MONTHS[rhythm] * turn)


def _find(records: RecordsByForm) -> Iterator[Due]:
    came = records.get("update_told", ())
    for promised in records.get("promised_update", ()):
        due = next_news(promised, [one for one in came if one.text("update") == promised.id])
        if due:
            yield Due(due, "news_due", promised.form, promised.id)
    for one in came:
        if one.text("received_on") and not one.text("told_on"):
            yield Due(add_days(one.text("received_on"), rules().tell_news), "tell_news", one.form, one.id)
    for one in records.get("explained", ()):
        if one.text("again_on") and one.answers.get("done") is not True:
            yield Due(one.text("again_on"), "explain_again", one.form, one.id)


SOURCE: Final = Source(frozenset({"promised_update", "update_told", "explained"}), _find)
