"""Asks for words about a case file. What is typed stays kept as a draft until it is sent off or thrown away."""

from PySide6.QtWidgets import QWidget

from tac_desktop.ui.ask_texts import Asked, AskTexts
from tac_desktop.ui.drafting import DraftClock
from tac_desktop.ui.kept_typing import KeptWords
from tac_desktop.ui.kit import Kit


class KeptQuestion(AskTexts):
    """One box. A lock or Escape keeps what stands in it; Cancel throws it away, and so does `accept`."""

    def __init__(
        self, kit: Kit, title: str, words: str, asked: Asked, go: str, kept: KeptWords, parent: QWidget
    ) -> None:
        """Take what a question takes, and where its words are kept."""
        super().__init__(kit, title, words, (asked,), go, parent)
        self._kept = kept
        self._clock = DraftClock(self)
        self.show_texts((kept.found(),))
        self._boxes[0].textChanged.connect(self._clock.touch)
        self._clock.due.connect(self._keep)
        self.accepted.connect(self._throw_away)
        self.cancel.clicked.disconnect(self.reject)
        self.cancel.clicked.connect(self._cancel)

    def done(self, arg__1: int) -> None:
        """Keep what was typed, however the window is closed (Qt)."""
        self._clock.flush()
        super().done(arg__1)

    def _keep(self) -> None:
        self._kept.keep(self.texts()[0])

    def _cancel(self) -> None:
        self._throw_away()
        self.reject()

    def _throw_away(self) -> None:
        self._clock.stop()
        self._kept.keep("")
