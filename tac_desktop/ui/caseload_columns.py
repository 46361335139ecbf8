"""The columns and filters of the caseload, in words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework.caseload import CaseloadRow
from tac_desktop.casework.codelists import code_list
from tac_desktop.ui.rows import Column
from tac_desktop.ui.words import due_words, short_day, task_words

if TYPE_CHECKING:
    from tac_desktop.actions.caseload import Shown

_TONES = {"open": "ok", "reopened": "ok", "triage": "info", "closed": "neutral", "not_taken_on": "neutral"}


def filters() -> "dict[Shown, str]":
    """Return the filters of the caseload with their words."""
    return {
        "open": _tr("Open"),
        "overdue": _tr("Overdue"),
        "week": _tr("Due this week"),
        "waiting": _tr("Waiting list"),
        "closed": _tr("Closed"),
        "all": _tr("Everything"),
    }


def columns(today: str) -> tuple[Column[CaseloadRow], ...]:
    """Return the columns of the caseload; name, due and what is next stay however narrow the window.

    Args:
        today: Today's ISO date, by which things are due.
    """
    statuses, prisons = code_list("case_status"), code_list("prison")

    def due(row: CaseloadRow) -> tuple[str, str]:
        return ("", "") if row.status == "restricted" else due_words(row.next_due, today)

    return (
        Column(_tr("Reference"), lambda row: row.reference, "TAC-00000", "quiet", gives_way=4, sort="reference"),
        Column(_tr("Mother"), _name, "Longish Name-Example", "name", sort="name"),
        Column(_tr("Prison no."), lambda row: row.prison_number, "A0000MM", gives_way=1),
        Column(_tr("Prison"), lambda row: prisons.label_of(row.prison), "HMP Eastwood Park", "quiet", gives_way=6),
        Column(_tr("Children"), _children, "00", "number", gives_way=3),
        Column(_tr("Status"), lambda row: statuses.label_of(row.status), "Triage / waiting", "badge",
               lambda row: _TONES.get(row.status, "neutral"), gives_way=2),
        Column(_tr("Due"), lambda row: due(row)[0], "000 days overdue", "due", lambda row: due(row)[1], sort="due"),
        Column(_tr("Next"), lambda row: task_words(row.next_task), "Ask after her question"),
        Column(_tr("Worker"), lambda row: row.worker, "Longish Name", "quiet", gives_way=7),
        Column(_tr("Last contact"), lambda row: short_day(row.last_contact), "00 Mmm 0000", "quiet",
               gives_way=5, sort="last_contact"),
    )  # fmt: skip


def _name(row: CaseloadRow) -> str:
    """Return the name; of a restricted case file its reference, too: its own column gives way in a narrow window."""
    return f"{row.reference}: {row.name}" if row.status == "restricted" else row.name


def _children(row: CaseloadRow) -> str:
    return "" if row.status == "restricted" else str(row.children)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CaseloadScreen", text)
