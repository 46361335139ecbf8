"""Who lives where with whom: the family on a day, the mother and each home as a card; any day can be chosen."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tac_desktop.casework.family import Household, Picture, change_days, picture
from tac_desktop.casework.family_words import mother_in_words, together_in_words
from tac_desktop.casework.fields import is_day
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import child_name
from tac_desktop.ui.date_editors import DayBox
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.focus import put_in_order
from tac_desktop.ui.household_card import CardColumns, HouseholdCard
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.kit import clear
from tac_desktop.ui.messages import announce

_FEW = 3
"""So many cards are there at once; of more none is, they follow."""
PAPER = "family"
"""A code of 'document_kind'."""


class FamilyPane(QFrame):
    """The picture of the family. Whoever shows it opens what its signals ask for."""

    record_opened = Signal(str, str)
    """A form and the id of its record."""
    begun = Signal(str, object)
    """A form of which a record is wanted, and the answers with which it begins."""
    move_wanted = Signal(object)
    """The ids of the children of whom somebody moved, as a tuple."""
    document_wanted = Signal(str)
    """The paper and the ISO day of which it shall tell: 'family 2026-03-01'."""
    section_opened = Signal(str)

    def __init__(
        self, around: Circumstances, records: Mapping[str, Sequence[Record]], *, may_write: Callable[[str], bool],
        may_issue: bool,
    ) -> None:  # fmt: skip
        """Take the records of the case file by form, and show today."""
        super().__init__()
        self._kit, self._records, self._may_write = around.kit, records, may_write
        self._today = around.now()[:10]
        self._changes = change_days(records, self._today)
        self.box = DayBox(around, self.tr("Show the family on"), ahead=False)
        self.earlier = self._kit.button(self.tr("Change before"), "arrow-left", kind="ghost")
        self.later = self._kit.button(self.tr("Change after"), "arrow-right", kind="ghost")
        self.now = self._kit.button(self.tr("Today"), kind="ghost")
        self.paper = self._kit.button(
            self.tr("On one page"), "printer", name=self.tr("The family on one page of paper")
        )
        self._said = self._kit.label("", "h3", wrap=True)
        self._problem = self._kit.label("", "error", wrap=True)
        self._mother = self._kit.column(gap=0)
        self.columns = CardColumns(self._kit)
        self.cards: list[HouseholdCard] = []
        self._building = InTurns(self)
        self._build(may_issue=may_issue)
        self.show_day(self._today)

    def day(self) -> str:
        """Return the ISO day that is shown."""
        return self._day

    def show_day(self, day: str) -> None:
        """Show the family on a day (ISO)."""
        self._day = day
        self.box.show_day(day)
        self._show()

    def _build(self, *, may_issue: bool) -> None:
        kit = self._kit
        title = kit.row(kit.label(self.tr("Who lives where"), "h2", wrap=True))
        title.setStretch(0, 1)
        title.addWidget(self.paper)
        if not may_issue:
            self.paper.hide()
        self.box.setMinimumWidth(kit.px(200))
        asked = kit.label(self.tr("On"), "label")
        asked.setBuddy(self.box.line)
        day = kit.flow(kit.row(asked, self.box, gap=8), self.earlier, self.later, self.now, gap=8)
        self.setLayout(kit.column(title, day, self._problem, self._said, self._mother, self.columns, gap=12))
        self.box.changed.connect(self._take_day)
        self.earlier.clicked.connect(partial(self._step, -1))
        self.later.clicked.connect(partial(self._step, 1))
        self.now.clicked.connect(partial(self.show_day, self._today))
        self.paper.clicked.connect(self._want_paper)

    def _take_day(self) -> None:
        day = self.box.day()
        if is_day(day):
            self._day = day
            self._show()
        self._problem.setText(
            "" if is_day(day) else self.tr("That is not a day yet. Write for example 1 3 2026, or y.")
        )
        self._problem.setVisible(not is_day(day))

    def _step(self, way: int) -> None:
        """Go to the day on which something changed before, or after the one that is shown."""
        place = bisect_left(self._changes, self._day)
        found = self._changes[:place][-1:] if way < 0 else [day for day in self._changes[place:] if day > self._day][:1]
        for day in found:
            self.show_day(day)

    def _show(self) -> None:
        seen = picture(self._records, self._day)
        told = together_in_words(seen, called)
        self._said.setText(told)
        self._problem.hide()
        self._show_mother(seen)
        self.columns.begin(len(seen.households) or 1)
        self.cards = []
        self._building.build(self._put(seen.households), None if len(seen.households) <= _FEW else 0)
        self._order()
        self.earlier.setEnabled(any(day < self._day for day in self._changes))
        self.later.setEnabled(any(day > self._day for day in self._changes))
        self.now.setEnabled(self._day != self._today)
        announce(self, f"{day_in_words(self._day)}. {told}")

    def _show_mother(self, seen: Picture) -> None:
        clear(self._mother)
        kit = self._kit
        name, where = mother_in_words(seen, called)
        card, inside = kit.card(14, 4)
        icon = kit.picture("id-card", "text_2")
        row = kit.row(icon, kit.label(self.tr("The mother: {name}").format(name=name), "label", wrap=True), gap=8)
        row.setStretch(1, 1)
        row.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(row)
        inside.addWidget(kit.label(where, wrap=True))
        card.setAccessibleName(f"{name}. {where}")
        self._mother.addWidget(card)

    def _put(self, homes: Sequence[Household]) -> Iterator[None]:
        for home in homes:
            card = self._card(home)
            self.cards.append(card)
            self.columns.add(card)
            yield
        if homes:
            self._order()
        else:
            self.columns.add(self._nobody())

    def _card(self, home: Household) -> HouseholdCard:
        card = HouseholdCard(self._kit, home, self._day, called, may_write=self._may_write)
        card.record_opened.connect(self.record_opened)
        card.begun.connect(self.begun)
        card.move_wanted.connect(self.move_wanted)
        return card

    def _nobody(self) -> QWidget:
        card, inside = self._kit.card(16, 8)
        words = self.tr("Record the children first: then each home is a card here.")
        go = self._kit.button(self.tr("Children"), "arrow-right")
        go.clicked.connect(partial(self.section_opened.emit, "children"))
        inside.addWidget(self._kit.label(words, "hint", wrap=True))
        inside.addLayout(self._kit.flow(go))
        return card

    def _order(self) -> None:
        """Have Tab go through the cards in the order of reading, after the buttons above them."""
        stops: list[QWidget] = [self.paper, self.box.line, self.earlier, self.later, self.now]
        for card in self.cards:
            stops += [card, *card.findChildren(QPushButton)]
        put_in_order(None, stops)

    def _want_paper(self) -> None:
        self.document_wanted.emit(f"{PAPER} {self._day}")


def called(record: Record) -> str:
    """Return what somebody is called on the screen."""
    if record.form == "child":
        return child_name(record)
    return record.text("name") or record.text("known_as")
