"""Where one can go in an open vault, by what a person may see there."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework.people import Role
from tac_desktop.casework.permissions import Deed, may
from tac_desktop.ui.sidebar import Entry

_DEEDS: Mapping[str, Deed] = MappingProxyType({
    "today": Deed.READ_CASES, "caseload": Deed.READ_CASES, "office": Deed.READ_CASES, "awaited": Deed.READ_CASES,
    "lists": Deed.READ_CASES,
    "surveys": Deed.READ_RESTRICTED,
    "reports": Deed.COUNT_EVALUATION, "tracker": Deed.TAKE_IN_WORKBOOK,
})  # fmt: skip
"""What somebody has to be permitted who goes to a place; to all others everybody may go."""
READS_CASES = ("today", "caseload", "lists", "awaited", "office", "surveys", "reports")
"""What waits while an import is under way: the window then reads nothing from the vault."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Work", text)


def entries(role: Role) -> Sequence[Entry]:
    """Return the entries of the sidebar for a role, in their order."""
    all_entries = (
        Entry("today", "house", _tr("Today")),
        Entry("caseload", "folder-open", _tr("Caseload")),
        Entry("lists", "circle-check", _tr("What is due")),
        Entry("awaited", "clock", _tr("Answers awaited")),
        Entry("office", "id-card", _tr("Directory")),
        Entry("surveys", "inbox", _tr("Surveys, supervision")),
        Entry("reports", "chart-column", _tr("Reports")),
        Entry("exchange", "refresh-cw", _tr("Send and receive")),
        Entry("tracker", "file-text", _tr("Case tracker")),
        Entry("vault", "shield", _tr("Vault")),
        Entry("settings", "settings", _tr("Settings")),
    )
    return tuple(entry for entry in all_entries if entry.name not in _DEEDS or may(role, _DEEDS[entry.name]))
