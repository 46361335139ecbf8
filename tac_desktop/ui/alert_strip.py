"""The alerts of a woman in words, above her case file and in the quick log; without alerts it takes no room."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tac_desktop.casework.alerts import alert_in_words, alerts_on, kinds_in_words
from tac_desktop.casework.record import Record
from tac_desktop.ui.kit import Kit, clear, restyle

_AT_ONCE = 3


class AlertStrip(QFrame):
    """One line for each alert that holds today; where there is little room, one line for all."""

    opened = Signal()
    """The alerts shall be looked at."""

    def __init__(self, kit: Kit, *, leads: bool = True) -> None:
        """Show nothing yet; `leads` adds the way to the alerts."""
        super().__init__()
        self._kit = kit
        self._alerts: Sequence[Record] = ()
        self._compact = False
        self.setProperty("role", "message")
        restyle(self, tone="danger")
        self._said = kit.row(gap=10)
        # made once: what is made anew comes last for who goes from one thing to the next by Tab
        self.way = kit.button(self.tr("Alerts"), kind="link", name=self.tr("Open the alerts"))
        self.way.clicked.connect(self.opened)
        row = kit.row(self._said, self.way, gap=10)
        row.setStretch(0, 1)
        row.setContentsMargins(kit.px(10), kit.px(4), kit.px(10), kit.px(4))
        self.setLayout(row)
        if not leads:
            self.way.hide()
        self.hide()

    def show_alerts(self, alerts: Sequence[Record], today: str) -> None:
        """Show those of a woman's alerts that hold today (ISO); with none the strip is gone."""
        self._alerts = alerts_on(alerts, today)
        self._fill()

    def show_compact(self, *, compact: bool) -> None:
        """Show the kinds alone on one line, or each alert on its own."""
        if compact != self._compact:
            self._compact = compact
            self._fill()

    def words(self) -> tuple[str, ...]:
        """Return what stands in the strip, line by line."""
        if not self._alerts:
            return ()
        if self._compact:
            return (self.tr("Alert: {kinds}").format(kinds=kinds_in_words(self._alerts)),)
        shown = [alert_in_words(alert) for alert in self._alerts[:_AT_ONCE]]
        more = len(self._alerts) - _AT_ONCE
        return (*shown, *([self.tr("and {n} more").format(n=more)] if more > 0 else []))

    def _fill(self) -> None:
        kit, words = self._kit, self.words()
        clear(self._said)
        self.setVisible(bool(words))
        self.setAccessibleName(". ".join(words))
        if not words:
            return
        lines = kit.column(*(kit.label(line, "label", wrap=True) for line in words), gap=2)
        self._said.addWidget(kit.picture("octagon-alert", "danger", name=self.tr("Alert")))
        self._said.addLayout(lines, 1)
