"""The place 'Vault': its people, its pass-phrases, its copies, its checks, and what was done in it."""

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework.people import Role
from tac_desktop.casework.permissions import Deed, may
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.parts_screen import Named, PartsScreen
from tac_desktop.ui.vault_audit import AuditPart
from tac_desktop.ui.vault_backups import BackupsPart
from tac_desktop.ui.vault_checks import ChecksPart
from tac_desktop.ui.vault_people import PeoplePart
from tac_desktop.ui.vault_recovery import RecoveryPart
from tac_desktop.ui.vault_retention import RetentionPart


def _tr(text: str) -> str:
    return QCoreApplication.translate("VaultScreen", text)


class VaultScreen(PartsScreen):
    """The parts that a role sees."""

    def __init__(self, kit: Kit, role: Role) -> None:
        """Take whose vault is shown."""
        self.people = PeoplePart(kit)
        self.recovery = RecoveryPart(kit)
        self.backups = BackupsPart(kit)
        self.checks = ChecksPart(kit)
        self.audit = AuditPart(kit)
        self.retention = RetentionPart(kit) if may(role, Deed.DISPOSE) else None
        parts = [
            Named("people", _tr("People"), self.people),
            Named("recovery", _tr("Pass-phrase and recovery"), self.recovery),
            Named("backups", _tr("Backups"), self.backups),
            Named("checks", _tr("Checks"), self.checks),
            Named("audit", _tr("Audit"), self.audit),
        ]
        if self.retention is not None:  # the others say themselves what this person may do with them
            parts.append(Named("retention", _tr("Retention"), self.retention))
        super().__init__(kit, _tr("Vault"), parts, _tr("What to look after"))
