"""The lists over all case files in columns and words: what is due, and which forms and answers are missing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework import forms
from tac_desktop.casework.codelists import code_list
from tac_desktop.ui.rows import Column
from tac_desktop.ui.words import counted, due_words, task_words

if TYPE_CHECKING:
    from tac_desktop.actions.worklists import OpenQuestion
    from tac_desktop.casework.caseload import DueRow
    from tac_desktop.casework.completeness import Recorded


def _tr(text: str) -> str:
    return QCoreApplication.translate("WorklistsScreen", text)


def due_columns(today: str) -> "tuple[Column[DueRow], ...]":
    """Return the columns of what is due; take today's ISO date."""
    prisons = code_list("prison")
    return (
        Column(_tr("Due"), lambda row: due_words(row.by, today)[0], "000 days overdue", "due",
               lambda row: due_words(row.by, today)[1]),
        Column(_tr("Mother"), lambda row: row.name, "Longish Name-Example", "name"),
        Column(_tr("What"), lambda row: task_words(row.task), "Answer a subject access request"),
        Column(_tr("Reference"), lambda row: row.reference, "TAC-00000", "quiet", gives_way=2),
        Column(_tr("Prison"), lambda row: prisons.label_of(row.prison), "HMP Eastwood Park", "quiet", gives_way=3),
    )  # fmt: skip


def complete_columns() -> "tuple[Column[Recorded], ...]":
    """Return the columns of how often each form and question is recorded."""
    prisons = code_list("prison")
    return (
        Column(_tr("Question"), _question_words, "Predicted timescale of the work", "name"),
        Column(_tr("Prison"), lambda one: prisons.label_of(one.prison), "HMP Eastwood Park", "quiet",
               gives_way=2),
        Column(_tr("Records"), lambda one: f"{one.records:,}", "Records", "number", gives_way=4),
        Column(_tr("Answered"), _share, "100 %", "number", gives_way=3),
        Column(_tr("Not known"), lambda one: f"{one.not_known:,}", "Not known", "number", gives_way=1),
        Column(_tr("Nothing said"), lambda one: f"{one.missing:,}", "Nothing said", "number"),
    )  # fmt: skip


def open_columns() -> "tuple[Column[OpenQuestion], ...]":
    """Return the columns of the records without an answer, or the case files without a form."""
    return (
        Column(_tr("Mother"), lambda one: one.name, "Longish Name-Example", "name"),
        Column(_tr("Reference"), lambda one: one.reference, "TAC-00000", "quiet"),
        Column(_tr("What"), lambda one: _tr("Not known") if one.not_known else _tr("Nothing said"), "Nothing said"),
    )


def without_words(one: "Recorded", count: int) -> str:
    """Return of what so many records, or case files, are without."""
    form = forms.ALL[one.form]
    if one.field:
        words = counted(count, _tr("1 record without"), _tr("{n} records without"))
        label = form.by_name[one.field].label
    else:
        words = counted(count, _tr("1 case file without a record of"), _tr("{n} case files without a record of"))
        label = form.title
    return f"{words} ‘{label}’, {code_list('prison').label_of(one.prison)}"


def _question_words(one: "Recorded") -> str:
    form = forms.ALL[one.form]
    if not one.field:
        return _tr("{form}: the whole form").format(form=form.title)
    return f"{form.by_name[one.field].label} · {form.title}"


def _share(one: "Recorded") -> str:
    return f"{one.answered * 100 // one.records} %" if one.records else ""
