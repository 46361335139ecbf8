"""Settings of this computer: size of text, contrast, and when the vault locks itself."""

from dataclasses import replace

from PySide6.QtCore import Signal

from tac_desktop.settings import IDLE_MINUTES, TEXT_SCALES, Settings
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.page import Page
from tac_desktop.ui.words import counted

_MINUTES = (1, 2, 5, 10, 15, 30, 60)


class SettingsScreen(Page):
    """Each choice holds at once; a new look rebuilds the window and comes back here."""

    chosen = Signal(object)
    """The Settings that hold from now on."""

    def __init__(self, kit: Kit, settings: Settings) -> None:
        """Take the settings in force."""
        super().__init__(kit, "")
        self.set_title(self.tr("Settings"))
        self.set_subtitle(self.tr("For this computer. They hold nothing about any case."))
        self._settings = settings
        scales = [(str(scale), f"{scale} %") for scale in TEXT_SCALES]
        minutes = [(str(n), self._minutes(n)) for n in _MINUTES if n in IDLE_MINUTES]
        self._scale = kit.combo(self.tr("Size of text"), scales)
        self._scale.setCurrentIndex(max(0, self._scale.findData(str(settings.text_scale))))
        self._minutes_box = kit.combo(self.tr("Lock after"), minutes)
        self._minutes_box.setCurrentIndex(max(0, self._minutes_box.findData(str(settings.idle_lock_minutes))))
        self._contrast = kit.check(self.tr("High contrast: white and yellow on black"))
        self._contrast.setChecked(settings.high_contrast)
        self._lay_out()
        self._scale.activated.connect(self._choose)
        self._minutes_box.activated.connect(self._choose)
        self._contrast.toggled.connect(self._choose)

    def _minutes(self, n: int) -> str:
        return counted(n, self.tr("1 minute"), self.tr("{n} minutes"))

    def _lay_out(self) -> None:
        kit = self.kit
        card, column = kit.card(24, 16)
        column.addWidget(kit.label(self.tr("Reading"), "h2"))
        column.addLayout(kit.field(self.tr("Size of text"), self._scale))
        column.addWidget(self._contrast)
        column.addWidget(kit.rule())
        column.addWidget(kit.label(self.tr("Locking"), "h2"))
        hint = self.tr(
            "Without a key, a click or the wheel. You are warned for the last 30 seconds. Ctrl+L locks at once."
        )
        column.addLayout(kit.field(self.tr("Lock after"), self._minutes_box, hint))
        self._scale.setMaximumWidth(kit.px(240))
        self._minutes_box.setMaximumWidth(kit.px(240))
        card.setMaximumWidth(kit.px(720))
        self.add(card)
        self.add(None)

    def hold(self, settings: Settings) -> None:
        """Take over settings that were chosen elsewhere: what is chosen here next must not undo them."""
        self._settings = settings

    def arrive(self) -> None:
        """Begin with the size of text."""
        self._scale.setFocus()

    def _choose(self) -> None:
        self._settings = replace(
            self._settings,
            text_scale=int(self._scale.currentData()),
            idle_lock_minutes=int(self._minutes_box.currentData()),
            high_contrast=self._contrast.isChecked(),
        )
        self.chosen.emit(self._settings)
