"""What belongs to a record that was sealed: what was added to it later, and the two ways to say something more."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QPushButton

from tac_desktop.casework.codelists import label
from tac_desktop.casework.typed_dates import moment_in_words
from tac_desktop.ui.ask_texts import Asked
from tac_desktop.ui.kept_question import KeptQuestion
from tac_desktop.ui.kit import clear, restyle
from tac_desktop.ui.record_desk import ADDENDUM

if TYPE_CHECKING:
    from tac_desktop.actions.addenda import Addendum, Kind
    from tac_desktop.ui.kit import Kit
    from tac_desktop.ui.record_desk import RecordDesk


_ADDITION: Final = "addition"
_REOPENED: Final = "reopened"


class AddendumCard(QFrame):
    """Who added what to a sealed record, and when."""

    def __init__(self, kit: "Kit", addendum: "Addendum") -> None:
        """Take the addendum."""
        super().__init__()
        self.setProperty("role", "message")
        restyle(self, tone="neutral")
        kind = label("addendum_kind", addendum.kind)
        head = f"{kind} · {addendum.name} · {moment_in_words(addendum.at)}"
        column = kit.column(kit.label(head, "label", wrap=True), kit.label(addendum.text, wrap=True), gap=4)
        column.setContentsMargins(kit.px(14), kit.px(10), kit.px(14), kit.px(10))
        self.setLayout(column)
        self.setAccessibleName(f"{head}. {addendum.text}")


class SealedPart(QFrame):
    """Empty, as long as nobody has sealed the record."""

    def __init__(self, desk: "RecordDesk") -> None:
        """Take the desk of the record."""
        super().__init__()
        self._desk, kit = desk, desk.kit
        self._typing = desk.typing(ADDENDUM)
        self.is_closed = False
        self._said = kit.column(gap=6)
        words = self.tr("What was sealed stays as it is. Add to it what is to be said now, or re-open it and say why.")
        self._words = kit.label(words, "hint", wrap=True)
        self.addendum = kit.button(self.tr("Write an addendum"), "message-square-plus", kind="ghost")
        self.reopen = kit.button(self.tr("Re-open it"), "pencil", kind="ghost", name=self.tr("Re-open it to change it"))
        self._row = QFrame()
        self._row.setLayout(kit.flow(self.addendum, self.reopen))
        column = kit.column(self._said, self._words, self._row, gap=6)
        self.setLayout(column)
        self.addendum.clicked.connect(self.ask_for_addendum)
        self.reopen.clicked.connect(self.ask_to_reopen)

    def read(self) -> None:
        """Read anew what was added, and whether the record is closed by its seal."""
        clear(self._said)
        for addendum in self._desk.addenda():
            card = AddendumCard(self._desk.kit, addendum)
            self._said.addWidget(card)
            card.show()
        self.is_closed = self._desk.is_closed_by_seal()
        self._words.setVisible(self.is_closed)
        self._row.setVisible(self.is_closed)
        self.setVisible(self.is_closed or self._said.count() > 0)
        if self.is_closed:
            self._follow_draft()

    def _follow_draft(self) -> None:
        begun = bool(self._typing.words(_ADDITION))
        self.addendum.setText(self.tr("Go on with the addendum") if begun else self.tr("Write an addendum"))
        spoken = self.tr("Go on with the addendum to this record") if begun else self.tr(
            "Write an addendum to this record"
        )  # fmt: skip
        self.addendum.setAccessibleName(spoken)

    def take_keyboard(self) -> None:
        """Put the keyboard on what can be done now, if the record is closed by its seal."""
        if self.is_closed:
            self.addendum.setFocus()

    def stops(self) -> list[QPushButton]:
        """Return the widgets that take the keyboard."""
        return [self.addendum, self.reopen]

    def go_on(self) -> None:
        """Open the window in which something was typed and not sent off; nothing where nothing was."""
        if self._typing.words(_ADDITION):
            self.ask_for_addendum()
        elif self._typing.words(_REOPENED):
            self.ask_to_reopen()

    def ask_for_addendum(self) -> None:
        """Ask what shall be added."""
        words = self.tr("It stands beside what was sealed, with today’s date and your name.")
        asked = Asked(self.tr("What is to be added"), long=True)
        self._ask(self.tr("Addendum"), words, asked, self.tr("Add it"), _ADDITION)

    def ask_to_reopen(self) -> None:
        """Ask why it is re-opened."""
        words = self.tr(
            "It can be changed again then. The seal that stands under it says how it was, and everybody sees what has "
            "changed since, and why. Seal it again when it is right."
        )
        self._ask(self.tr("Re-open"), words, Asked(self.tr("Why"), long=True), self.tr("Re-open it"), _REOPENED)

    def _ask(self, title: str, words: str, asked: Asked, go: str, kind: "Kind") -> None:
        window = KeptQuestion(self._desk.kit, title, words, asked, go, self._typing.one(kind), self)

        def add(texts: tuple[str, ...]) -> None:
            if wrong := self._desk.add(texts[0], kind):
                window.refuse(wrong)
            else:
                window.accept()

        window.typed.connect(add)
        window.finished.connect(self._follow_draft)
        window.open()
