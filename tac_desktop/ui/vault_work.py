"""Looking after an open vault: the page is made when it is wanted, each part with its own desk."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.frame import Frame
from tac_desktop.ui.page import Page
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.ui.vault_part import VaultDesk
    from tac_desktop.ui.vault_screen import VaultScreen

VAULT = "vault"
PAPER = "vault paper"
"""The page with a paper of the vault, which no entry of the sidebar leads to."""


class VaultWork(QObject):
    """Composes the parts, and lets a paper take their place until it is left."""

    backup_place_chosen = Signal(object)
    """The folder (Path) that takes the backups from now on, None for the vault's own; the settings have to keep it."""

    def __init__(self, bench: Workbench, frame: Frame, parent: QObject) -> None:
        """Take the bench; no page yet."""
        super().__init__(parent)
        self._bench, self._frame = bench, frame
        self.screen: VaultScreen | None = None
        self.desks: Sequence[VaultDesk] = ()

    def make(self) -> Page:
        """Make the page and read what it shows."""
        from tac_desktop.ui.vault_screen import VaultScreen

        screen = VaultScreen(self._bench.kit, self._bench.person.role)
        jobs = PartJobs(self._bench, screen, self)
        self.screen, self.desks = screen, self._desks(screen, jobs)
        for desk in self.desks:
            desk.changed.connect(self.read)
            desk.paper_ready.connect(self._show_paper)
            desk.paper_left.connect(self._leave_paper)
        self.read()
        return screen

    def _desks(self, screen: "VaultScreen", jobs: PartJobs) -> "Sequence[VaultDesk]":
        from tac_desktop.ui.vault_audit_desk import AuditDesk
        from tac_desktop.ui.vault_backups_desk import BackupsDesk
        from tac_desktop.ui.vault_checks_desk import ChecksDesk
        from tac_desktop.ui.vault_people_desk import PeopleDesk
        from tac_desktop.ui.vault_recovery_desk import RecoveryDesk
        from tac_desktop.ui.vault_retention_desk import RetentionDesk

        bench, retention = self._bench, screen.retention
        backups = BackupsDesk(bench, screen.backups, jobs, self)
        backups.place_chosen.connect(self.backup_place_chosen)
        return (
            PeopleDesk(bench, screen.people, jobs, self),
            RecoveryDesk(bench, screen.recovery, jobs, self),
            backups,
            ChecksDesk(bench, screen.checks, jobs, self),
            AuditDesk(bench, screen.audit, jobs, self),
            *((RetentionDesk(bench, retention, jobs, self),) if retention else ()),
        )

    def read(self) -> None:
        """Have every part read again what it shows, if the page has been made."""
        for desk in self.desks:
            desk.read()

    def tell_what_was_renewed(self) -> None:
        """Tell the person at work, if it is so, that her pass-phrase was renewed without the old one."""
        from tac_desktop.ui.renewed_note import RenewedDesk

        RenewedDesk(self._bench, self._frame, self).look()

    def _show_paper(self, page: Page) -> None:
        self._frame.put(PAPER, page)
        self._frame.show_page(PAPER)

    def _leave_paper(self) -> None:
        self._frame.drop(PAPER)
        self._frame.go(VAULT)
