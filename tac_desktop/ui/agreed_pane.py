"""What contact was agreed with each child and what happened of it: month by month, drawn and in a table."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_months import KindInMonth, months_of
from tac_desktop.casework.contact_states import missing_points, states_of
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import child_name
from tac_desktop.ui.flow import Flow
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.month_strip import Mark, MarkLegend, MonthOfMarks, MonthStrip
from tac_desktop.ui.wrapped_table import WrappedTable

_MONTHS = 12
_FEW = 3
"""So many cards are there when the page is shown; of more the first is, and the others follow."""
PAPER = "child_contact"
"""A code of 'document_kind'."""


class AgreedPane(QFrame):
    """A card for each child."""

    begun = Signal(str, object)
    """A form of which another record is wanted, and the answers with which it begins."""
    document_wanted = Signal(str)
    section_opened = Signal(str)

    def __init__(
        self, kit: Kit, children: Sequence[Record], records: Mapping[str, Sequence[Record]], today: str, *,
        may_write: bool, may_issue: bool,
    ) -> None:  # fmt: skip
        """Take the children in the order in which they are shown, and the records of the case file by form."""
        super().__init__()
        self._kit, self._records, self._today, self._may_write = kit, records, today, may_write
        heading = kit.row(kit.label(self.tr("Agreed and happened"), "h2", wrap=True))
        heading.setStretch(0, 1)
        if may_issue and children:
            paper = kit.button(self.tr("On paper"), "printer", name=self.tr("Agreed and happened, on paper"))
            paper.clicked.connect(partial(self.document_wanted.emit, PAPER))
            heading.addWidget(paper)
        column = kit.column(heading, gap=12)
        if children:
            column.addWidget(self._legend())
        else:
            column.addWidget(self._without_children())
        self.setLayout(column)
        self._building = InTurns(self)
        self._building.put_cards(column, map(self._card, children), None if len(children) <= _FEW else 1)

    def _legend(self) -> QWidget:
        marks: tuple[tuple[Mark, str], ...] = (
            ("happened", self.tr("It happened")), ("failed", self.tr("It did not happen")),
            ("unwritten", self.tr("Agreed, and nobody wrote what became of it")), ("ahead", self.tr("Still to come")),
        )  # fmt: skip
        return MarkLegend(self._kit, marks)

    def _without_children(self) -> QWidget:
        card, inside = self._kit.card(16, 8)
        words = self.tr("Record the children first: what is agreed is said for each of them.")
        go = self._kit.button(self.tr("Children"), "arrow-right")
        go.clicked.connect(partial(self.section_opened.emit, "children"))
        inside.addWidget(self._kit.label(words, "hint", wrap=True))
        inside.addLayout(self._kit.flow(go))
        return card

    def _card(self, child: Record) -> QFrame:
        kit, name = self._kit, child_name(child)
        card, inside = kit.card(18, 10)
        inside.addWidget(kit.label(name, "h3", wrap=True))
        for words, role in self._states(child):
            inside.addWidget(kit.label(words, role, wrap=True))
        months = _latest(months_of(self._records, child.id, self._today))
        if months:
            spoken = self.tr("Contact with {name}, month by month; the table below says the same").format(name=name)
            inside.addWidget(MonthStrip(kit, _marks(months), spoken))
            inside.addWidget(self._table(name, months))
        else:
            words = self.tr("No contact is agreed or logged yet.")
            inside.addWidget(kit.label(words, "hint", wrap=True))
        inside.addLayout(self._ways(child, name))
        card.setAccessibleName(name)
        return card

    def _states(self, child: Record) -> Iterator[tuple[str, str]]:
        """Yield how contact stood at each point of the work, and what is missing of it: words and their role."""
        for state in states_of(self._records, child.id):
            yield state.words(), "body"
        missing = [label("contact_state_point", point).lower() for point in missing_points(self._records, child.id)]
        if missing:
            words = self.tr("Not written down yet: how contact stood {points}.").format(points=", ".join(missing))
            yield words, "hint"

    def _table(self, name: str, months: Sequence[KindInMonth]) -> QWidget:
        columns = (
            (self.tr("Month"), 2, 78), (self.tr("Kind of contact"), 6, 112), (self.tr("Agreed"), 1, 76),
            (self.tr("Happened"), 1, 92), (self.tr("What became of the rest"), 9, 166),
        )  # fmt: skip
        rows = [
            (
                short_month(one.month), label("child_contact_type", one.channel), str(one.agreed),
                str(one.happened), "\n".join(one.rest()),
            )
            for one in reversed(months)
        ]  # fmt: skip
        spoken = self.tr("Agreed and happened with {name}, the latest month first").format(name=name)
        return WrappedTable(self._kit, spoken, columns, rows)

    def _ways(self, child: Record, name: str) -> Flow:
        kit, flow = self._kit, self._kit.flow()
        if self._may_write:
            spoken = self.tr("Agree contact: {name}").format(name=name)
            agree = kit.button(self.tr("Agree contact"), "plus", name=spoken)
            agree.clicked.connect(partial(self._begin, "contact_plan", {"children": (child.id,)}))
            stands = kit.button(self.tr("Say how contact stands"), "pencil", kind="ghost",
                                name=self.tr("Say how contact stands: {name}").format(name=name))  # fmt: skip
            point = next(iter(missing_points(self._records, child.id)), "other")
            answers = {"child": child.id, "point": point, "date": self._today}
            stands.clicked.connect(partial(self._begin, "contact_state", answers))
            flow.addWidget(agree)
            flow.addWidget(stands)
        return flow

    def _begin(self, form: str, answers: Mapping[str, object]) -> None:
        self.begun.emit(form, answers)


def short_month(month: str) -> str:
    """Return a month as a table shows it: 'Oct 2026'."""
    name, year = day_in_words(month).split(" ")
    return f"{name[:3]} {year}"


def _latest(months: Sequence[KindInMonth]) -> list[KindInMonth]:
    """Return what belongs to the latest months."""
    shown = sorted({one.month for one in months})[-_MONTHS:]
    return [one for one in months if one.month in shown]


def _marks(months: Sequence[KindInMonth]) -> list[MonthOfMarks]:
    told: dict[str, list[Mark]] = {}
    for one in months:
        counts: tuple[tuple[Mark, int], ...] = (
            ("happened", one.happened), ("failed", one.failed), ("unwritten", one.unwritten), ("ahead", one.ahead),
        )  # fmt: skip
        for mark, number in counts:
            told.setdefault(one.month, []).extend(repeat(mark, number))
    return [MonthOfMarks(short_month(month)[:3], tuple(marks)) for month, marks in told.items()]
