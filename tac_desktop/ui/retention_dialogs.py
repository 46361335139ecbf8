"""Windows about keeping a case file: how long, and disposing of it with its reference typed once more."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.person_dialogs import PersonDialog
from tac_desktop.ui.words import counted, short_day

if TYPE_CHECKING:
    from tac_desktop.actions.disposal_plan import Plan
    from tac_desktop.actions.retention import KeptCase
    from tac_desktop.casework.retention import RetentionClass


class SayHowLong(PersonDialog):
    """Asks for the class, and whether there is a legal hold, and why."""

    wanted = Signal(str, bool, str)
    """The code of the class ('' for none), whether there is a hold, the reason. Answer with `accept` or `refuse`."""

    def __init__(self, kit: Kit, case: "KeptCase", classes: "Sequence[RetentionClass]", parent: QWidget) -> None:
        """Take the case file as it stands, and the classes."""
        title = _tr("How long {reference} is kept").format(reference=case.reference)
        words = _tr("The years come from resources/retention.toml; whoever is responsible for the data confirms them.")
        super().__init__(kit, title, words, _tr("Save"), (600, 520), parent)
        choices = [("", _tr("No class yet")), *((one.code, f"{one.words}: {one.years} years") for one in classes)]
        self.retention_class = kit.combo(_tr("Class"), choices)
        self.hold = kit.check(_tr("Legal hold: nothing of it may go"))
        self.reason = kit.entry(_tr("Reason"))
        kept = case.retention
        self.retention_class.setCurrentIndex(
            max(self.retention_class.findData(kept.retention_class.code if kept.retention_class else ""), 0)
        )
        self.hold.setChecked(kept.legal_hold)
        self.reason.setText(kept.reason)
        self.asked.addLayout(kit.field(_tr("Class"), self.retention_class))
        self.asked.addWidget(self.hold)
        self.asked.addLayout(kit.field(_tr("Reason"), self.reason, _tr("Needed for a legal hold")))
        self.go.clicked.connect(self._clicked)
        self.retention_class.setFocus()

    def _clicked(self) -> None:
        self.go.setEnabled(False)
        self.wanted.emit(str(self.retention_class.currentData()), self.hold.isChecked(), self.reason.text().strip())


class DisposeOfCase(PersonDialog):
    """Says what goes, what remains and where else it lies; the reference has to be typed once more."""

    wanted = Signal(str, str, bool, bool)
    """The reference as typed, the basis, whether it goes before its day, whether backups from before go, too."""

    def __init__(self, kit: Kit, plan: "Plan", parent: QWidget) -> None:
        """Take what it would do."""
        title = _tr("Dispose of {reference}").format(reference=plan.reference)
        words = _tr("This cannot be taken back, in this vault or any other.")
        super().__init__(kit, title, words, _tr("Dispose of it"), (640, 640), parent)
        self._plan = plan
        for words in plan_words(plan):
            self.asked.addWidget(kit.label(words, wrap=True))
        self.basis = kit.entry(_tr("Basis"))
        self.typed = kit.entry(_tr("Case reference, typed once more"))
        self.early = kit.check(_tr("Dispose of it although its day has not come"))
        self.early.setVisible(plan.only_not_due)
        self.backups = kit.check(_tr("Make a backup afterwards, and remove those from before"))
        self.backups.setVisible(bool(plan.backups))
        hint = _tr("The rule or the request by which it goes. It stays, so it names nobody.")
        self.asked.addLayout(kit.field(_tr("Basis"), self.basis, hint))
        self.asked.addLayout(kit.field(_tr("Case reference, typed once more"), self.typed))
        self.asked.addWidget(self.early)
        self.asked.addWidget(self.backups)
        for entry in (self.basis, self.typed):
            entry.textChanged.connect(self._look)
        self.early.toggled.connect(self._look)
        self.go.clicked.connect(self._clicked)
        self._look()
        self.basis.setFocus()

    def _look(self) -> None:
        """Let it be done only when all is said and nothing holds it."""
        is_free = self._plan.obstacle is None or (self._plan.only_not_due and self.early.isChecked())
        is_said = bool(self.basis.text().strip()) and self.typed.text().strip() == self._plan.reference
        self.go.setEnabled(is_free and is_said)

    def _clicked(self) -> None:
        self.wanted.emit(self.typed.text(), self.basis.text(), self.early.isChecked(), self.backups.isChecked())


def plan_words(plan: "Plan") -> list[str]:
    """Return what disposing of a case file would do, a sentence each."""
    entries = counted(plan.entries, _tr("1 entry"), _tr("{n} entries"))
    files = counted(plan.files, _tr("1 file"), _tr("{n} files"))
    drafts = counted(plan.drafts, _tr("1 draft"), _tr("{n} drafts"))
    goes = _tr(
        "{entries}, {files} and {drafts} go for good. What stays: that each was written, when and by whom, which "
        "questions it answered, and a certificate with the reference."
    )
    said = [goes.format(entries=entries, files=files, drafts=drafts)]
    if plan.retention.due:
        said.append(_tr("Due from {day}.").format(day=short_day(plan.retention.due)))
    if plan.colleagues:
        names = ", ".join(plan.colleagues)
        said.append(_tr("It also lies at {names}: the next bundle to each erases it there.").format(names=names))
    if plan.backups:
        backups = counted(len(plan.backups), _tr("1 backup"), _tr("{n} backups"))
        said.append(_tr("{backups} from before may still hold it.").format(backups=backups))
    if plan.place_is_missing:
        said.append(_tr("The place for backups is not connected: what lies there was not looked at."))
    return [*said, str(plan.obstacle)] if plan.obstacle else said


def _tr(text: str) -> str:
    return QCoreApplication.translate("RetentionDialogs", text)
