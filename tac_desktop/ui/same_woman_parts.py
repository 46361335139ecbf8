"""What a case file shows of the others that are read as one with it: who said so, and what those say of her."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework import forms
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.same_woman import FORM, Joined, in_force
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import answer_in_words
from tac_desktop.ui import tokens
from tac_desktop.ui.kit import Kit, restyle

if TYPE_CHECKING:
    from tac_desktop.casework.record import Record
    from tac_desktop.ui.case_desk import CaseDesk
    from tac_desktop.ui.case_screen import CaseScreen


def _tr(text: str) -> str:
    return QCoreApplication.translate("SameWoman", text)


def beside_form(screen: "CaseScreen", form: str) -> list[QWidget]:
    """Return what stands above a form that a case file has once, tied to the screen that shows it."""
    desk, parts = screen.desk, list[QWidget]()
    counted = next(iter(desk.records(form)), None)
    for other in desk.beside(form):
        parts.append(OtherFile(desk, other, counted))
    if form == "mother" and counted is not None and (desk.may(Deed.JOIN_CASES) or in_force(desk.records(FORM))):
        note = SameWomanNote(desk)
        note.wanted.connect(screen.wishes.same_woman_wanted)
        note.parted.connect(screen.wishes.cases_parted)
        parts.append(note)
    return parts


def also_filed(desk: "CaseDesk") -> list[tuple[str, str]]:
    """Return what the bar above the case file says of the others that are read as one with it."""
    references = [one.text("reference") for one in desk.beside("mother")]
    return [(_tr("Also filed as"), ", ".join(references))] if references else []


class SameWomanNote(QFrame):
    """Says which case files are read as one, and leads to joining another one or to taking it back."""

    wanted = Signal()
    """Another case file of hers was found."""
    parted = Signal(str)
    """It shall be taken back: the record in which it was said."""

    def __init__(self, desk: "CaseDesk") -> None:
        """Take the desk of the case file."""
        super().__init__()
        kit, may = desk.kit, desk.may(Deed.JOIN_CASES)
        said = in_force(desk.records(FORM))
        self._is_past = bool(desk.known_on)
        self.setProperty("role", "message")
        restyle(self, tone="neutral")
        self.join = kit.button(_tr("This is the same woman as …"), "link", kind="link")
        self.join.clicked.connect(self.wanted)
        here = {one.case_file for one in desk.beside("mother")} | {desk.case_file}
        lines = [self._line(kit, one, is_here=one.first in _streams(desk, here), may=may) for one in said]
        column = kit.column(*lines, *([kit.flow(self.join)] if may else []), gap=8)
        column.setContentsMargins(kit.px(14), kit.px(8), kit.px(14), kit.px(8))
        self.setLayout(column)
        self.setMaximumWidth(kit.px(tokens.READING_WIDTH + 50))
        self.setAccessibleName(" ".join(in_words(one) for one in said) or _tr("Another case file of hers"))

    def _line(self, kit: Kit, one: Joined, *, is_here: bool, may: bool) -> QWidget:
        words = in_words(one)
        if not is_here and not self._is_past:
            words = _tr("{said} That case file is not in this vault.").format(said=words)
        back = kit.button(_tr("Take back"), "x", kind="link", name=f"{_tr('Take back')}: {words}")
        back.clicked.connect(partial(self.parted.emit, one.record_id))
        widget = QWidget()
        reason = kit.label(_tr("‘{reason}’").format(reason=one.reason), "hint", wrap=True)
        widget.setLayout(kit.column(kit.label(words, wrap=True), reason, *([kit.flow(back)] if may else []), gap=2))
        return widget


def _streams(desk: "CaseDesk", here: set[str]) -> set[str]:
    return here | {one.stream for one in desk.beside("mother")} | {one.stream for one in desk.records("mother")}


def in_words(one: Joined) -> str:
    """Return what was said of two case files, in words."""
    words = _tr("Another case file of hers is read as one with {reference} since {day}, as {name} said.")
    return words.format(reference=one.reference, day=day_in_words(one.since), name=one.name)


class OtherFile(QFrame):
    """What another case file of hers says where only one counts; folded until somebody wants to see it."""

    def __init__(self, desk: "CaseDesk", other: "Record", counted: "Record | None") -> None:
        """Take the desk, the record that does not count, and the one that does."""
        super().__init__()
        self._kit, form = desk.kit, forms.ALL[other.form]
        kit = desk.kit
        self.setProperty("role", "message")
        restyle(self, tone="neutral")
        reference = next(
            (one.text("reference") for one in desk.beside("mother") if one.stream == other.stream), _tr("the other one")
        )
        self._words = _tr("What {reference} says: {form}").format(reference=reference, form=form.title)
        self.fold = kit.button("", kind="link")
        self.fold.clicked.connect(self._toggle)
        self._inside = QWidget()
        rows: list[QWidget] = []
        for field in form.fields:
            words = answer_in_words(field, other.answers.get(field.name), desk.named)
            if words:
                ours = answer_in_words(field, counted.answers.get(field.name), desk.named) if counted else ""
                rows.append(_row(kit, field.label, words, differs=words != ours))
        self._inside.setLayout(kit.column(*_ordered(rows), gap=8))
        column = kit.column(kit.flow(self.fold), self._inside, gap=6)
        column.setContentsMargins(kit.px(14), kit.px(8), kit.px(14), kit.px(8))
        self.setLayout(column)
        self.setMaximumWidth(kit.px(tokens.READING_WIDTH + 50))
        self._show(open_=False)

    def _toggle(self) -> None:
        self._show(open_=self._inside.isHidden())

    def _show(self, *, open_: bool) -> None:
        self._inside.setVisible(open_)
        words = (_tr("Hide: {what}") if open_ else _tr("Show: {what}")).format(what=self._words)
        self.fold.setText(words)
        self.fold.setAccessibleName(words)
        self.setAccessibleName(self._words)


def _row(kit: Kit, question: str, words: str, *, differs: bool) -> QWidget:
    widget = QWidget()
    badge = [kit.badge(_tr("differs"), "warn")] if differs else []
    head = kit.flow(kit.label(question, "caption"), *badge, gap=8, row_gap=2)
    widget.setLayout(kit.column(head, kit.label(words, wrap=True), gap=2))
    widget.setProperty("differs", differs)
    return widget


def _ordered(rows: Sequence[QWidget]) -> list[QWidget]:
    """Return those that differ first."""
    return sorted(rows, key=lambda row: not row.property("differs"))
