"""A button that puts a text on the clipboard, and says to eye and ear that it did."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import announce

_MILLISECONDS_SAID = 4000


def copy_button(kit: Kit, words: str, text: Callable[[], str], told: str, *, kind: str = "") -> QPushButton:
    """Make a button that copies.

    Args:
        kit: Makes the button.
        words: What stands on it.
        text: Gives what is copied; asked at each click.
        told: A sentence on what the copy says and leaves out: for the pointer, and for the ear once it is copied.
        kind: Of the button, as the kit takes it.
    """
    button = kit.button(words, "copy", kind=kind)
    button.setToolTip(told)
    _Copying(button, text, told)
    return button


class _Copying(QObject):
    """Goes with its button."""

    def __init__(self, button: QPushButton, text: Callable[[], str], told: str) -> None:
        super().__init__(button)
        self._button, self._text, self._told = button, text, told
        self._words = button.text()
        self._said = QTimer(self, singleShot=True, interval=_MILLISECONDS_SAID)
        self._said.timeout.connect(self._say_as_before)
        button.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self._button.setMinimumWidth(self._button.width())  # what stands beside it stays where it is
        self._button.setText(self.tr("Copied"))
        announce(self._button, self.tr("Copied. {told}").format(told=self._told))
        self._said.start()

    def _say_as_before(self) -> None:
        self._button.setText(self._words)
        self._button.setMinimumWidth(0)
