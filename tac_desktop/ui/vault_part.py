"""What every part of the place 'Vault' is: a `Part` to look at, and a desk behind it that reads and does.

A part lies in `ui/vault_<part>.py`, its desk in `ui/vault_<part>_desk.py`; `vault_screen.py` names it, `vault_work.py`
makes its desk.
"""

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.page import Page
from tac_desktop.ui.part import Part
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.workbench import Workbench


class VaultDesk(QObject):
    """Owns one part. It reads in the lane (`bench.run`, `bench.with_store`); what takes long goes through `jobs`."""

    changed = Signal()
    """The vault is another one now: every part reads again."""
    paper_ready = Signal(Page)
    """A page (a `PrintScreen`) that takes the place of everything until `paper_left`."""
    paper_left = Signal()

    def __init__(self, bench: Workbench, part: Part, jobs: PartJobs, parent: QObject) -> None:
        """Take the part; nothing is read yet."""
        super().__init__(parent)
        self.bench, self.part, self.jobs = bench, part, jobs

    def read(self) -> None:
        """Read again what the part shows; called before it is first seen, and after every change of the vault."""
