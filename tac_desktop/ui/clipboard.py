"""What this program put on the clipboard: kept out of its history and of the cloud, and taken off again at a lock."""

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
NOT_FOR_HISTORY = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): bytes(4),
    _WINDOWS.format("CanIncludeInClipboardHistory"): bytes(4),
    _WINDOWS.format("CanUploadToCloudClipboard"): bytes(4),
    "x-kde-passwordManagerHint": b"secret",
}
"""Formats beside a text by which the histories of Windows and KDE know that it is not for them."""
_MARK = next(iter(NOT_FOR_HISTORY))


class Clipboard(QObject):
    """Remembers what this program put on the clipboard, marks it, and takes it off again where it is still there."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Watch the clipboard for texts of our own."""
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours = ""
        self._clipboard.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        # some platforms cannot say who owns the clipboard: what is copied while a window of ours is active is ours
        ours = self._clipboard.ownsClipboard() or QApplication.activeWindow() is not None
        self._ours = self._clipboard.text() if ours else ""
        if self._ours and not self._clipboard.mimeData().hasFormat(_MARK):
            self._clipboard.setMimeData(_marked(self._ours))

    def clear_if_ours(self) -> None:
        """Empty the clipboard where it still holds what came from here, and what X11 pastes by the middle button."""
        if self._ours and self._clipboard.text() == self._ours:
            self._clipboard.clear()
        self._ours = ""
        selection = QClipboard.Mode.Selection
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(selection)


def _marked(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    for name, content in NOT_FOR_HISTORY.items():
        data.setData(name, content)
    return data
