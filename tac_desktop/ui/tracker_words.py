"""What an import of the case tracker did, or would do, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework import forms
from tac_desktop.ui.namesakes_card import reasons_in_words
from tac_desktop.ui.words import counted, short_day

if TYPE_CHECKING:
    from tac_desktop.actions.workbook import ImportReport

MOST_LINES = 12
"""So many lines are shown of one remark; the rest is counted."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("CaseTracker", text)


@dataclass(frozen=True)
class Remark:
    """Something to know about the workbook: a heading, a sentence that says what it means, and where it holds."""

    heading: str
    meaning: str
    lines: Sequence[str]


def numbers(report: "ImportReport") -> list[tuple[int, str]]:
    """Return how many records are new, changed, known, and in the vault alone."""
    return [
        (sum(report.new.values()), _tr("new records")),
        (sum(report.changed.values()), _tr("changed records")),
        (report.known, _tr("known already")),
        (len(report.gone), _tr("in the vault only")),
    ]


def by_form(report: "ImportReport") -> str:
    """Return the new and the changed records by their forms, '' where there are none."""
    parts = ((_tr("New: {list}."), report.new), (_tr("Changed: {list}."), report.changed))
    return " ".join(words.format(list=_listed(counts)) for words, counts in parts if counts)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{forms.ALL[name].several.lower()} {count:,}" for name, count in counts.items())


def remarks(report: "ImportReport") -> Iterator[Remark]:
    """Yield what a person should know before she takes the workbook in, or after; nothing of it prevents that."""
    found = (
        Remark(_tr("Left out"), _tr("These sheets were not taken in: only a manager reads them, or they belong to "
               "no mother and one prison was asked for."), report.left_out),
        Remark(_tr("Columns that disagree"), _tr("The tables count from the second one. Nothing was changed by this."),
               _disagreements(report)),
        Remark(_tr("To be looked at"), _tr("What these rows say is unlikely, or cannot be, beside the rest of the case "
               "file. They are taken in as they are: open the case file and put right what is wrong."),
               _unlikely(report)),
        Remark(_tr("Already here?"), _tr("These mothers would be new, and are like somebody whose case file is here "
               "under another reference. If it is she, give her row that reference, or join the two case files "
               "afterwards: in the case file, ‘Mother’, ‘This is the same woman as …’."), _namesakes(report)),
        Remark(_tr("New labels"), _tr("These lists did not hold them yet. Look whether one is only spelt differently."),
               [f"{name}: ‘{label}’" for name, label in report.new_labels]),
        Remark(_tr("In the vault only"), _tr("The workbook does not have these records. They are kept."),
               _gone(report)),
        Remark(_tr("Only to be read"), _tr("Nothing is taken in from here: write in the case file."), report.only_read),
        Remark(_tr("Unknown sheets"), _tr("The program does not know these sheets and leaves them alone."),
               report.unknown_sheets),
        Remark(_tr("Unknown columns"), _tr("The program does not know these columns and leaves them alone."),
               [f"{sheet}: {column}" for sheet, column in report.unknown_columns]),
    )  # fmt: skip
    yield from (remark for remark in found if remark.lines)
    if report.other_prisons:
        rows = counted(report.other_prisons, _tr("1 row"), _tr("{n} rows"))
        yield Remark(_tr("Other prisons"), _tr("Left alone, because of other prisons: {rows}.").format(rows=rows), ())
    if report.restricted:
        rows = counted(report.restricted, _tr("1 row"), _tr("{n} rows"))
        words = _tr("Left alone, because of case files that you may not open: {rows}.").format(rows=rows)
        yield Remark(_tr("Restricted case files"), words, ())


def _disagreements(report: "ImportReport") -> list[str]:
    words = _tr("{reference}: ‘{column}’ in row {row} and ‘{other}’")
    return [
        words.format(reference=d.reference, column=d.column, row=d.row, other=d.other) for d in report.disagreements
    ]


def _unlikely(report: "ImportReport") -> list[str]:
    words = _tr("{reference}, ‘{sheet}’, row {row}: {what}")
    return [
        words.format(reference=one.reference, sheet=one.sheet, row=one.row, what=one.sentence)
        for one in report.unlikely
    ]


def _namesakes(report: "ImportReport") -> list[str]:
    words = _tr("{new}: {reference}, {name}. {why}")
    lines = [
        words.format(new=f"{one.reference}, {one.name}", reference=fit.row.reference, name=fit.row.name,
                     why=reasons_in_words(fit.reasons))
        for one in report.namesakes for fit in one.found.fits
    ]  # fmt: skip
    closed = _tr("{new}: a case file that you may not open. Ask a manager.")
    lines += [closed.format(new=f"{one.reference}, {one.name}") for one in report.namesakes if one.found.closed]
    return lines


def _gone(report: "ImportReport") -> list[str]:
    return [", ".join(part for part in (g.reference, g.sheet, short_day(g.day)) if part) for g in report.gone]


def shortened(lines: Sequence[str]) -> str:
    """Return the first lines below one another, and how many there are beyond them."""
    left = len(lines) - MOST_LINES
    more = [_tr("… and {n} more").format(n=f"{left:,}")] if left > 0 else []
    return "\n".join([*lines[:MOST_LINES], *more])
