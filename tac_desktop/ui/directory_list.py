"""The directory on the screen: thousands of professionals and agencies in a table, found as one types."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from tac_desktop.casework.directory import AGENCY, PROFESSIONAL, DirectoryEntry, DirectoryShown
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.chips import Chips
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.rows import Column, LazyRows
from tac_desktop.ui.search_box import SearchBox
from tac_desktop.ui.table import Table
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from array import array

MILLISECONDS_BEFORE_SEARCH = 80
_LEAST_HEIGHT = 260


class DirectoryReader(Protocol):
    """What the list reads; `actions.directory` gives it."""

    def numbers(self, shown: DirectoryShown, typed: str) -> "array[int]":
        """Return the numbers of the entries that are wanted, by name."""
        ...

    def page(self, numbers: Sequence[int]) -> Sequence[DirectoryEntry]:
        """Return the entries with these numbers."""
        ...


class DirectoryList(QWidget):
    """A box that searches, chips that filter, a table, and a sentence that says what is shown."""

    opened = Signal(str, str)
    """Form and record of an entry."""
    added = Signal(str)
    """A new entry of this form is wanted."""

    def __init__(self, kit: Kit, reader: DirectoryReader, *, may_write: bool = True) -> None:
        """Take what reads the entries."""
        super().__init__()
        self.kit, self._reader = kit, reader
        self._rows = LazyRows(columns(), reader.page, self)
        self.table = Table(kit, self._rows, self.tr("Directory"))
        self.table.setMinimumHeight(kit.px(_LEAST_HEIGHT))
        self.search = SearchBox(kit, self.tr("Search the directory"), self.tr("Name, role, authority, telephone"))
        self.search.setFixedWidth(kit.px(340))
        self.chips = Chips(kit, list(filters().items()), self)
        self._said = kit.label("", "hint", wrap=True)
        self._empty = kit.label("", wrap=True)
        self._views = QStackedWidget()
        self._timer = QTimer(self, singleShot=True, interval=MILLISECONDS_BEFORE_SEARCH)
        self.adders = [self._adder(form, words) for form, words in _adders()] if may_write else []
        self._lay_out()
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self._open_found)
        self.search.list_wanted.connect(self.table.setFocus)
        self._timer.timeout.connect(self.read)
        self.chips.chosen.connect(self.read)
        self.table.opened.connect(self._open)

    def _lay_out(self) -> None:
        kit = self.kit
        card, inside = kit.card(1, 0)
        inside.addWidget(self.table)
        empty, column = kit.card(28, 14)
        column.addLayout(kit.row(kit.picture("id-card", "text_2", 28), self._empty, gap=12))
        column.addStretch(1)
        self._views.addWidget(card)
        self._views.addWidget(empty)
        head = (kit.flow(self.search, *self.adders), kit.flow(*self.chips.widgets()))
        column = kit.column(*head, self._said, self._views, gap=10)
        column.setStretch(3, 1)
        self.setLayout(column)

    def _adder(self, form: str, words: str) -> QPushButton:
        button = self.kit.button(words, "plus", kind="primary" if form == PROFESSIONAL else "")
        button.setProperty("form", form)
        button.clicked.connect(self._add)
        return button

    def shown(self) -> DirectoryShown:
        """Return the name of the filter in force."""
        return cast("DirectoryShown", self.chips.name())

    def read(self) -> None:
        """Read what is wanted now, and say in words what is shown."""
        self._timer.stop()
        typed, shown = self.search.text().strip(), self.shown()
        numbers = self._reader.numbers(shown, typed)
        self._rows.show(numbers)
        count = counted(len(numbers), self.tr("1 entry"), self.tr("{n} entries"))
        matching = self.tr(", matching “{typed}”").format(typed=typed) if typed else ""
        twice = self.tr(
            ". Each stands beside another one that may be the same: open it to see which."
            " Two offices may both keep somebody."
        )
        self._said.setText(
            f"{count}, {filters()[shown].lower()}{matching}{twice if shown == 'twice' and len(numbers) else ''}"
        )
        if len(numbers):
            self.table.selectRow(0)
        else:
            self._empty.setText(self._why_empty(typed, shown))
        self._views.setCurrentIndex(0 if len(numbers) else 1)

    def read_again(self) -> None:
        """Read after a change what was wanted; who was chosen stays chosen, or who stands in that place now."""
        chosen, row = self.table.selected_id(), self.table.currentIndex().row()
        self.read()
        self.table.stay_at(chosen, row)

    def _why_empty(self, typed: str, shown: DirectoryShown) -> str:
        if shown == "twice" and not typed:
            return self.tr("No entry seems to be here twice.")
        if typed and shown == "all":
            return self.tr("Nobody in the directory fits “{typed}”. Add the entry, or check the spelling.").format(
                typed=typed
            )
        if typed:
            words = self.tr("Nobody fits “{typed}” here. ‘Everybody’ shows those who have left, too.")
            return words.format(typed=typed)
        if shown != "all" and len(self._reader.numbers("all", "")):
            words = self.tr("No entry is in this list ({which}) just now. ‘Everybody’ shows the others.")
            return words.format(which=filters()[shown].lower())
        return self.tr(
            "Nobody is in the directory yet. Add the professionals you ring up: choosing one fills in name, authority"
            " and telephone wherever a form asks for them."
        )

    def take_keyboard(self) -> None:
        """Begin in the search."""
        self.search.setFocus()

    def _open_found(self) -> None:
        if self._timer.isActive():
            self.read()
        chosen = self.table.selected_id()
        if chosen is not None and self._rows.rowCount():
            self._open(chosen)

    def _open(self, number: int) -> None:
        entry = self._rows.row(self._rows.row_of(number))
        if entry is not None:
            self.opened.emit(entry.form, entry.record_id)

    def _add(self) -> None:
        self.added.emit(str(self.sender().property("form")))


def _adders() -> tuple[tuple[str, str], ...]:
    return (PROFESSIONAL, _tr("New professional")), (AGENCY, _tr("New agency"))


def filters() -> dict[DirectoryShown, str]:
    """Return the filters of the directory with their words."""
    return {
        "here": _tr("In post now"),
        "professionals": _tr("People"),
        "agencies": _tr("Agencies"),
        "twice": _tr("Perhaps twice"),
        "all": _tr("Everybody"),
    }


def columns() -> tuple[Column[DirectoryEntry], ...]:
    """Return the columns of the directory; name and telephone stay however narrow the window."""
    return (
        Column(_tr("Name"), lambda one: one.name, "Longish Name-Example", "name"),
        Column(_tr("Role or kind"), lambda one: one.role_in_words,
               "Looked-after children’s Social Worker, or so", gives_way=2),
        Column(_tr("Agency, authority"), lambda one: one.place_in_words, "South Gloucestershire, a team", "quiet",
               gives_way=1),
        Column(_tr("Telephone"), lambda one: one.phone, "01234 567 8901"),
        Column(_tr("E-mail"), lambda one: one.email, "longish.name@example.org", "quiet", gives_way=4),
        Column(_tr("Left"), _left, "left 00 Mmm 0000", "badge", lambda _: "neutral", gives_way=3),
    )  # fmt: skip


def _left(entry: DirectoryEntry) -> str:
    return _tr("left {day}").format(day=day_in_words(entry.left)) if entry.left else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("DirectoryList", text)
