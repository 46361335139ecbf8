"""Subject access requests of a case file: below the list of them, the way to what is kept, for each that is open."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tac_desktop.casework.dues.access import answer_access_by
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.words import due_words


class AccessPane(QFrame):
    """One card for each request that waits for an answer."""

    wanted = Signal(str)
    """The id of the request whose answers shall be looked through."""

    def __init__(self, kit: Kit, requests: Sequence[Record], today: str) -> None:
        """Take the requests of the case file, and today's ISO date."""
        super().__init__()
        self._kit, self._today = kit, today
        waiting = [one for one in requests if not one.text("answered_on")]
        self.setLayout(kit.narrow(kit.column(*(self._card(one) for one in waiting), gap=10)))

    def _card(self, request: Record) -> QFrame:
        kit, by = self._kit, answer_access_by(request)
        card, column = kit.card(16, 8)
        asked = self.tr("Asked on {day} by {name}").format(
            day=day_in_words(request.text("received")), name=request.text("asked_by")
        )
        words, tone = due_words(by, self._today)
        column.addWidget(kit.label(asked, "label", wrap=True))
        column.addLayout(kit.flow(kit.badge(words, tone or "neutral"), kit.label(day_in_words(by), "hint")))
        go = kit.button(self.tr("Look through what is kept"), "search", kind="primary")
        go.setAccessibleDescription(asked)
        go.setProperty("request", request.id)
        go.clicked.connect(self._clicked)
        column.addLayout(kit.flow(go))
        card.setAccessibleName(f"{asked}. {words}")
        return card

    def _clicked(self) -> None:
        self.wanted.emit(str(self.sender().property("request")))
