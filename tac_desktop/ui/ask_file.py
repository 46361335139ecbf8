"""Asks where something lies or shall lie, with the system's own window; nothing waits for the answer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

BUNDLES, CARDS = "Bundles (*.tacb)", "Cards (*.taccard)"
ROSTERS, SIGNERS = "Rosters (*.tacroster)", "Lists of signers (*)"
PAPERS = "PDF (*.pdf)"


def card_file_name(name: str) -> str:
    """Return the name of the file in which somebody's card is saved: her own, without what no file may be called."""
    plain = "".join(letter for letter in name if letter.isprintable() and letter not in '<>:"/\\|?*').strip(" .")
    return f"{plain[:80] or 'my card'}.taccard"


def ask_open(parent: QWidget, title: str, kind: str, chosen: Callable[[str], object]) -> None:
    """Ask for a file that exists."""
    dialog = QFileDialog(parent, title, "", kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def ask_save(parent: QWidget, title: str, kind: str, name: str, chosen: Callable[[str], object]) -> None:
    """Ask for a file to write, and suggest its name."""
    dialog = QFileDialog(parent, title, name, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix)
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def ask_folder(parent: QWidget, title: str, chosen: Callable[[str], object]) -> None:
    """Ask for a folder."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(chosen)
    dialog.open()
