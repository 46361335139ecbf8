"""Words that several screens share: days as a table shows them, and how far away a day is."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.dues.due import LABELS
from tac_desktop.casework.typed_dates import MONTHS
from tac_desktop.errors import TacError

if TYPE_CHECKING:
    from tac_desktop.ui.jobs import Job

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


def days_since(day: str, today: str) -> int:
    """Return how many days have gone by since a day (ISO), 0 where none is known or it lies ahead."""
    return max(0, (date.fromisoformat(today) - date.fromisoformat(day)).days) if day else 0


def failed_words(failed: int) -> str:
    """Return what a person should know of failed attempts to unlock the vault since it was last open, '' for none."""
    if not failed:
        return ""
    attempts = counted(failed, _tr("There was 1 failed attempt"), _tr("There were {n} failed attempts"))
    return _tr("{attempts} to unlock this vault since it was last open. If that was not you, tell whoever "
               "looks after it.").format(attempts=attempts)  # fmt: skip


def ended_words(jobs: "Sequence[Job]") -> list[str]:
    """Return what became of work that was under way when the vault was locked, in sentences.

    Args:
        jobs: What was under way; all of it has ended.
    """
    told: list[str] = []
    for job in jobs:
        what = f" ({job.words.removesuffix('…').rstrip(' .')})" if job.words else ""
        if job.outcome == "failed" and isinstance(job.error, TacError):
            told.append(_tr("What was under way at the lock{what} failed. {why}").format(what=what, why=job.error))
        elif job.must_end or not job.asked:
            continue
        elif job.outcome == "finished":
            told.append(job.if_finished or _tr("What was under way at the lock{what} was finished.").format(what=what))
        else:
            holds = job.if_stopped or _tr("Nothing of it was kept. Start it again.")
            told.append(_tr("The lock stopped the work that was under way{what}. {holds}").format(
                what=what, holds=holds.removeprefix(_tr("Stopped.")).lstrip()))  # fmt: skip
    return list(dict.fromkeys(told))


def task_words(task: str) -> str:
    """Return what is to be done, in words; '' where nothing is."""
    return next((words for name, words in LABELS.items() if name == task), "")


def prisons(*, other: bool = False) -> list[tuple[str, str]]:
    """Return the prisons among which one chooses, as (code, words); with `other` what stands for any other one."""
    return [(code.code, code.label) for code in code_list("prison").codes if other or code.code != "OTHER"]


def counted(count: int, one: str, many: str) -> str:
    """Return a number with its noun: '1 case', '2,946 cases'; `many` holds '{n}'."""
    return one if count == 1 else many.format(n=f"{count:,}")
