"""After the program ended without giving the vault free: the vault is checked while the work goes on."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QObject, Signal

from tac_desktop.ui.check_words import part_words, parts_in_order
from tac_desktop.ui.jobs import Job, Lane
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.keeping import Finding

_MADE_ANEW = frozenset({"records", "caseload"})
"""What is derived from the journal, so that nothing is lost with it."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("AfterCrash", text)


def outcome(damaged: Collection[str]) -> tuple[str, str]:
    """Return what the check found, in words, and the tone of the message.

    Args:
        damaged: The parts of the vault in which something is wrong, as `storage.integrity` names them.
    """
    before = _tr("The program did not end properly last time, so the vault was checked.")
    if not damaged:
        return f"{before} {_tr('All of it is sound, and your work is safe.')}", "ok"
    parts = ", ".join(part_words(part) for part in parts_in_order(damaged))
    found = _tr("It is damaged in: {parts}.").format(parts=parts)
    if set(damaged) <= _MADE_ANEW:
        todo = _tr("Nothing that was saved is lost: it can be made anew from the journal. Tell whoever looks after "
                   "the vault.")  # fmt: skip
    else:
        todo = _tr("Write nothing more into this vault and lock it. Keep its folder as it is, and tell whoever looks "
                   "after it: the last backup can be brought back into a new folder.")  # fmt: skip
    return f"{before} {found} {todo}", "danger"


class CrashCheck(QObject):
    """Checks the vault in a lane of its own: other work neither waits for it nor delays it."""

    told = Signal(str)
    """How far it is, in words; '' when it is over."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        """Take the bench; nothing begins yet."""
        super().__init__(parent)
        self._bench = bench
        self._lane = Lane(self)

    def begin(self) -> None:
        """Begin to check."""
        from tac_desktop.actions.keeping import check_vault

        job = Job(self._bench.with_store(check_vault))
        job.stepped.connect(self._step)
        job.finished.connect(self._finished)
        job.failed.connect(self._bench.messages.trouble)
        job.settled.connect(self._settled)
        self._step(0, 1)
        self._lane.start(job)

    def under_way(self) -> bool:
        """Say whether it is still checking."""
        return bool(self._lane.jobs())

    def stop(self) -> None:
        """Stop, and wait until the vault is free of it; before the vault is closed."""
        self._lane.stop()

    def _step(self, done: int, total: int) -> None:
        share = 100 * done // max(total, 1)
        self.told.emit(self.tr("Checking the vault after a crash: {n} %").format(n=share))

    def _finished(self, findings: object) -> None:
        found = cast("Sequence[Finding]", findings)
        self._bench.messages.say(*outcome({finding.part for finding in found}))

    def _settled(self) -> None:
        self.told.emit("")
