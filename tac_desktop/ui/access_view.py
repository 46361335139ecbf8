"""One answer that is kept about a person who asked: what it says, why it is looked at, and what is done with it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from tac_desktop.casework import forms
from tac_desktop.casework.codelists import code_list, label
from tac_desktop.casework.differing import Stretch
from tac_desktop.casework.subject_access import WITHHELD, Mark, blanked
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.differing_text import DifferingText
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.casework.record import Record
    from tac_desktop.casework.subject_access import Item


_LIKELY = {Mark.COURT: "court", Mark.CHILDS_OWN: "confidence", Mark.OTHER_PERSON: "other_person"}
"""The reason for which such an answer is most often left out."""


class AccessView(QFrame):
    """Shows one answer and says what the person wants; it decides nothing itself."""

    decided = Signal(str)
    """A code of the list 'access_decision'; `parts`, `reason` and `alike` say the rest."""

    def __init__(self, kit: Kit, item: "Item", decision: "Record | None", alike: int) -> None:
        """Build it for an answer.

        Args:
            kit: Makes the parts.
            item: The answer.
            decision: What was decided about it; None if nothing was.
            alike: How many more answers wait for the same reasons.
        """
        super().__init__()
        self._kit, self.item = kit, item
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        where = _where(item)
        self.setAccessibleName(f"{item.label}. {where}. {_why(item)}")
        self.text = DifferingText(kit, item.label)
        self.text.show_stretches(_stretches(item.kept.words, item.names))
        self._reason = kit.combo(self.tr("Why something is left out"), _reasons(item))
        self._parts = kit.entry(self.tr("Words to blank out, with commas between them"))
        self._parts.setText(", ".join(item.names))
        self._preview = kit.label("", "hint", wrap=True)
        one, many = self.tr("The same for 1 more answer like it"), self.tr("The same for {n} more answers like it")
        self._alike = kit.check(counted(alike, one, many))
        if not alike:
            self._alike.hide()
        self.ways = {name: self._way(name, number) for number, name in enumerate(_ways(item), 1)}
        self._lay_out(where, decision)
        self._parts.textChanged.connect(self._show_preview)
        self._show_preview()

    @property
    def parts(self) -> list[str]:
        """The words that shall be blanked out."""
        return [part.strip() for part in self._parts.text().split(",") if part.strip()]

    @property
    def reason(self) -> str:
        """Why something is left out; a code of the list 'access_reason'."""
        return str(self._reason.currentData())

    @property
    def alike(self) -> bool:
        """Whether the same shall hold for all answers that wait for the same reasons."""
        return self._alike.isChecked()

    def press(self, number: int) -> None:
        """Do as if the button with this number was pressed, from 1."""
        for place, button in enumerate(self.ways.values(), 1):
            if place == number and button.isEnabled():
                button.click()

    def _lay_out(self, where: str, decision: "Record | None") -> None:
        kit = self._kit
        column = kit.column(kit.label(self.item.label, "h2", wrap=True), kit.label(where, "hint", wrap=True), gap=10)
        column.addLayout(kit.flow(*(kit.badge(mark.value, "warn") for mark in sorted(self.item.marks))))
        if decision is not None:
            told = label("access_decision", decision.text("decision"))
            column.addLayout(kit.flow(kit.badge(self.tr("Decided: {what}").format(what=told), "ok")))
        column.addWidget(self.text)
        column.addWidget(kit.rule())
        if "blank" in self.ways:
            column.addLayout(kit.field(self.tr("Words to blank out"), self._parts, self.tr("With commas between them")))
            column.addWidget(self._preview)
        column.addLayout(kit.field(self.tr("Why something is left out"), self._reason))
        self._reason.setMaximumWidth(kit.px(420))
        column.addWidget(self._alike)
        column.addLayout(kit.flow(*self.ways.values()))
        column.setContentsMargins(*(kit.px(20),) * 4)
        self.setLayout(column)

    def _way(self, name: str, number: int) -> QPushButton:
        icons = {"disclose": "circle-check", "blank": "pencil", "withhold": "x"}
        button = self._kit.button(label("access_decision", name), icons[name])
        button.setToolTip(f"Alt+{number}")
        button.setProperty("decision", name)
        button.clicked.connect(self._clicked)
        return button

    def _clicked(self) -> None:
        self.decided.emit(str(self.sender().property("decision")))

    def _show_preview(self) -> None:
        words = blanked(self.item.kept.words, self.parts)
        if "blank" in self.ways:
            self.ways["blank"].setEnabled(WITHHELD in words)
        self._preview.setText(self.tr("It will read: {words}").format(words=words) if WITHHELD in words else "")


def _ways(item: "Item") -> Iterator[str]:
    yield "disclose"
    if not item.kept.file:
        yield "blank"
    yield "withhold"


def _reasons(item: "Item") -> list[tuple[str, str]]:
    """Return the reasons that may be given, the likeliest first."""
    first = {_LIKELY[mark] for mark in item.marks if mark in _LIKELY}
    codes = [(code.code, code.label) for code in code_list("access_reason").codes]
    return sorted(codes, key=lambda code: code[0] not in first)


def _where(item: "Item") -> str:
    record = item.kept.record
    form = forms.ALL[record.form]
    day = record.text(form.own_date)[:10]
    parts = [form.title]
    if len(day) == len("2026-03-12"):
        parts.append(day_in_words(day))
    if item.kept.replaced_on:
        parts.append(f"kept from before: it stood until {day_in_words(item.kept.replaced_on)}")
    return " · ".join(parts)


def _why(item: "Item") -> str:
    return "; ".join(mark.value for mark in sorted(item.marks))


def _stretches(words: str, names: tuple[str, ...]) -> Iterator[Stretch]:
    """Yield a text in stretches, the names apart."""
    rest = words
    while rest:
        places = [(rest.find(name), name) for name in names if name in rest]
        at, name = min(places, default=(len(rest), ""))
        if at:
            yield Stretch(rest[:at], differs=False)
        if name:
            yield Stretch(name, differs=True)
        rest = rest[at + len(name) :]
