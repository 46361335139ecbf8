"""What lies here of a withdrawn member beyond the end of what counts, entry by entry, for a person to look at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.words import counted, short_day

if TYPE_CHECKING:
    from tac_desktop.actions.beyond import Beyond, LateEntry

_MOST = 200
"""So many entries are listed one by one."""


class BeyondDialog(LinedDialog):
    """Lists the entries: which case file, what, when. Each is looked at, and corrected, in its case file."""

    def __init__(self, kit: Kit, beyond: "Beyond", parent: QWidget) -> None:
        """Take whose they are."""
        super().__init__(kit, "Entries beyond the end", (600, 520), parent)
        close = kit.button(_tr("Close"), kind="primary")
        close.clicked.connect(self.accept)
        means = _tr(
            "They came in before this vault knew of the end, and are shown like all others. Nobody takes them in any "
            "more. Look at each in its case file; what is wrong is corrected there."
        )
        lines = [kit.label(entry_words(entry), wrap=True) for entry in beyond.entries[:_MOST]]
        if len(beyond.entries) > _MOST:
            more = _tr("and {n} more").format(n=f"{len(beyond.entries) - _MOST:,}")
            lines.append(kit.label(more, "hint"))
        column = kit.column(
            kit.label(_tr("After the end of {name}").format(name=beyond.name), "h2", wrap=True),
            kit.label(means, wrap=True), *lines, kit.flow(close), None, gap=10,
        )  # fmt: skip
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside = QWidget()
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        close.setFocus()


def entry_words(entry: "LateEntry") -> str:
    """Return one entry in words."""
    where = " ".join(part for part in (entry.reference or _tr("Office"), entry.name) if part)
    return f"{where} · {entry.form or _tr('Of a newer program')} · {short_day(entry.at)}"


def beyond_words(beyond: "Beyond") -> str:
    """Return in a sentence or two what lies here, and at whom more of it is."""
    said: list[str] = []
    if beyond.entries:
        entries = counted(len(beyond.entries), _tr("1 entry lies"), _tr("{n} entries lie"))
        text = _tr("{entries} here beyond the end that counts: {cases}.")
        said.append(text.format(entries=entries, cases=", ".join(beyond.references)))
    if beyond.held_by:
        said.append(_tr("More of it than counts is at {names}.").format(names=", ".join(beyond.held_by)))
    return " ".join(said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BeyondDialog", text)
