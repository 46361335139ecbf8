"""What must be known before a contact is made or written down: alerts, safe contact, contact that is not allowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame

from tac_desktop.casework.record import Record
from tac_desktop.ui.alert_strip import AlertStrip
from tac_desktop.ui.kit import Kit, clear, restyle
from tac_desktop.ui.log_aim import Aim


@dataclass(frozen=True)
class Notices:
    """What is to be told; the names are given where there are several women."""

    alerts: Mapping[str, Sequence[Record]]
    """The alerts of each woman, by her name; by all her words where another one bears it, too."""
    warnings: tuple[str, ...]
    """Sentences, in the order in which they are told."""


class AimNote(QFrame):
    """What is asked again, or answered; nothing for a contact of its own."""

    def __init__(self, kit: Kit) -> None:
        """Show nothing yet."""
        super().__init__()
        self.aim = Aim()
        self._words = kit.label("", "label", wrap=True)
        self.setLayout(kit.column(self._words))
        self.hide()

    def show_aim(self, aim: Aim) -> None:
        """Show to what the contact goes back."""
        self.aim = aim
        self._words.setText(aim.words)
        self.setVisible(bool(aim.words))

    def text(self) -> str:
        """Return what is shown."""
        return self._words.text()


class LogNotices(QFrame):
    """Nothing, or a few lines above the questions."""

    def __init__(self, kit: Kit) -> None:
        """Show nothing yet."""
        super().__init__()
        self._kit = kit
        self._shown: Notices | None = None
        self._column = kit.column(gap=8)
        self.setLayout(self._column)
        self.hide()

    def words(self) -> tuple[str, ...]:
        """Return what is told, line by line."""
        strips = (strip for strip in self.findChildren(AlertStrip) if not strip.isHidden())
        warnings = self._shown.warnings if self._shown else ()
        return (*(words for strip in strips for words in strip.words()), *warnings)

    def show_notices(self, notices: Notices, today: str) -> None:
        """Show these in place of the others; a screen reader is told where they are new.

        Args:
            notices: What is to be told.
            today: Today's ISO date.
        """
        if notices == self._shown:
            return
        self._shown = notices
        clear(self._column)
        for name, alerts in notices.alerts.items():
            strip = AlertStrip(self._kit, leads=False)
            caption = self._kit.label(name, "label", wrap=True)
            self._column.addWidget(caption)
            self._column.addWidget(strip)
            strip.show_alerts(alerts, today)
            if not strip.words() or len(notices.alerts) == 1:
                caption.hide()
        for words in notices.warnings:
            self._column.addWidget(self._warning(words))
        told = self.words()
        self.setVisible(bool(told))
        self.setAccessibleName(". ".join(told))
        if told:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _warning(self, words: str) -> QFrame:
        kit, frame = self._kit, QFrame()
        frame.setProperty("role", "message")
        restyle(frame, tone="warn")
        row = kit.row(kit.picture("triangle-alert", "warn"), gap=10)
        row.addWidget(kit.label(words, wrap=True), 1)
        row.setContentsMargins(kit.px(10), kit.px(6), kit.px(10), kit.px(6))
        frame.setLayout(row)
        return frame
