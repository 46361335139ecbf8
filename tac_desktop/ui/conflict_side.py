"""One of the answers that contradict each other, on a card: what it says, who wrote it when and where, seeing what."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from tac_desktop.actions.conflict_sides import in_local_words, place_of
from tac_desktop.casework.differing import Stretches
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.differing_text import DifferingText
from tac_desktop.ui.kit import Kit

if TYPE_CHECKING:
    from tac_desktop.actions.conflict_sides import Side


class SideCard(QFrame):
    """An answer and the button that keeps it."""

    kept = Signal(str)
    """The id of the answer that shall be kept."""

    def __init__(self, kit: Kit, side: "Side", number: int, keep: str) -> None:
        """Take the side, its number from 1 (the first is shown until a decision), and the words of its button."""
        super().__init__()
        self._kit, self._side = kit, side
        self.setProperty("role", "card")
        self._name = _tr("Answer {n}").format(n=number)
        self.setAccessibleName(self._name)
        self.text: DifferingText | None = None
        self.keep = kit.button(keep, "circle-check", kind="primary", name=f"{keep}: {one_line(side.words)}")
        self.keep.setToolTip(f"Alt+{number}")
        clock = [_tr("The clock of that computer was wrong, so the time is uncertain")] if side.clock_uncertain else []
        self.keep.setAccessibleDescription(". ".join(part.rstrip(".") for part in (self._name, *told(side), *clock)))
        self.keep.clicked.connect(self._keep_clicked)
        badges = [kit.badge(_tr("shown until you decide"))] if number == 1 else []
        head = kit.flow(kit.label(self._name, "label"), *badges, gap=12, row_gap=2)
        self._value = kit.column()
        column = kit.column(head, self._value, kit.rule(), self._who(), None, kit.flow(self.keep), gap=10)
        column.setContentsMargins(*(kit.px(18),) * 4)
        self.setLayout(column)

    def show_words(self) -> None:
        """Show a short answer."""
        self._value.addWidget(self._kit.label(self._side.words, "h3", wrap=True))

    def show_text(self, stretches: Stretches) -> None:
        """Show a long answer, with what differs in it."""
        if self.text is None:
            self.text = DifferingText(self._kit, self._name)
            self._value.addWidget(self.text)
        self.text.show_stretches(stretches)

    def _who(self) -> QVBoxLayout:
        kit, side = self._kit, self._side
        who, *more = told(side)
        first = kit.row(kit.label(who, "label", wrap=True))
        first.setStretch(0, 1)
        rows = kit.column(first, gap=4)
        if side.clock_uncertain:
            rows.addLayout(kit.flow(kit.badge(_tr("clock uncertain"), "warn")))
        for words in more:
            rows.addWidget(kit.label(words, "hint", wrap=True))
        return rows

    def _keep_clicked(self) -> None:
        self.kept.emit(self._side.cid)


def told(side: "Side") -> list[str]:
    """Return who wrote a side and when, then where, seeing what, and since when it was known, each a line."""
    when = in_local_words(side.at)
    where = _tr("Written in {place}.").format(place=place_of(side))
    lines = [f"{side.author} · {when}", where, side.saw]
    if side.known_on and side.known_on != side.at[:10]:
        lines.append(_tr("Known to the service since {day}.").format(day=day_in_words(side.known_on)))
    return lines


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConflictScreen", text)
