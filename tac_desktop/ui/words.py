"""Words that several screens share: days as a table shows them, and how far away a day is."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework.deadlines import LABELS
from tac_desktop.casework.typed_dates import MONTHS

SOON_DAYS = 7


def _tr(text: str) -> str:
    return QCoreApplication.translate("words", text)


def short_day(day: str) -> str:
    """Return an ISO date as '27 Mar 2019', '' for none."""
    if not day:
        return ""
    found = date.fromisoformat(day[:10])
    return f"{found.day} {MONTHS[found.month - 1][:3]} {found.year}"


def due_words(day: str, today: str) -> tuple[str, str]:
    """Return how far away a due day is, and the tone: danger when overdue, warn within a week, else ''.

    What is overdue for a year or longer is told in years.

    Args:
        day: ISO date, '' where nothing is due.
        today: Today's ISO date.
    """
    if not day:
        return _tr("Nothing due"), ""
    due, now = date.fromisoformat(day), date.fromisoformat(today)
    days = (due - now).days
    years = now.year - due.year - ((now.month, now.day) < (due.month, due.day))
    if years > 0:
        return (_tr("1 year overdue") if years == 1 else _tr("{n} years overdue").format(n=years)), "danger"
    if days < 0:
        return (_tr("1 day overdue") if days == -1 else _tr("{n} days overdue").format(n=-days)), "danger"
    if days <= SOON_DAYS:
        near = {0: _tr("today"), 1: _tr("tomorrow")}
        return near.get(days) or _tr("in {n} days").format(n=days), "warn"
    return short_day(day), ""


def on_arrival(failed: int, *, stopped: bool) -> str:
    """Return what a person should know who comes into a vault, '' where there is nothing.

    Args:
        failed: How many attempts to unlock it failed since it was last open.
        stopped: Whether a lock has stopped work that was under way.
    """
    told: list[str] = []
    if failed:
        attempts = counted(failed, _tr("There was 1 failed attempt"), _tr("There were {n} failed attempts"))
        told.append(_tr("{attempts} to unlock this vault since it was last open. If that was not you, tell whoever "
                        "looks after it.").format(attempts=attempts))  # fmt: skip
    if stopped:
        told.append(_tr("The lock stopped the work that was under way; nothing of it was kept. Start it again."))
    return " ".join(told)


def task_words(task: str) -> str:
    """Return what is to be done, in words; '' where nothing is."""
    return next((words for name, words in LABELS.items() if name == task), "")


def counted(count: int, one: str, many: str) -> str:
    """Return a number with its noun: '1 case', '2,946 cases'; `many` holds '{n}'."""
    return one if count == 1 else many.format(n=f"{count:,}")
