"""Where one can go in an open vault, by what a person may see there."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework.people import Role
from tac_desktop.ui.sidebar import Entry

READS_NO_CASES = ("vault", "exchange", "settings")
"""What an administrator sees: she looks after the vault and reads no case."""
MANAGERS_ALONE = ("surveys",)
"""What nobody but a manager sees."""
READS_CASES = ("today", "caseload", "surveys", "reports")
"""What waits while an import is under way: the window then reads nothing from the vault."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Work", text)


def entries(role: Role) -> Sequence[Entry]:
    """Return the entries of the sidebar for a role, in their order."""
    all_entries = (
        Entry("today", "house", _tr("Today")),
        Entry("caseload", "folder-open", _tr("Caseload")),
        Entry("surveys", "inbox", _tr("Surveys")),
        Entry("reports", "chart-column", _tr("Reports")),
        Entry("exchange", "refresh-cw", _tr("Send and receive")),
        Entry("tracker", "file-text", _tr("Case tracker")),
        Entry("vault", "shield", _tr("Vault")),
        Entry("settings", "settings", _tr("Settings")),
    )
    match role:
        case "admin":
            return tuple(entry for entry in all_entries if entry.name in READS_NO_CASES)
        case "worker":
            return tuple(entry for entry in all_entries if entry.name not in MANAGERS_ALONE)
        case "manager":
            return all_entries
