"""Who may open a case file: everybody who works with the vault, or only the managers and whom one of them names."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.ui.drafting import DraftClock
from tac_desktop.ui.error_summary import ErrorSummary
from tac_desktop.ui.kit import Kit, restyle
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.text_editor import TextBox

REASON, PEOPLE = "reason", "people"


class RestrictDialog(LinedDialog):
    """Asks why, and who may open it. Closing it keeps what was typed as a draft."""

    submitted = Signal(object, str)
    """The ids of those who may open it (a list), and the reason. Answer with `refuse`, or by closing the window."""
    lifted = Signal()
    """The restriction shall end."""
    typed = Signal(object)
    """A dict that the draft must keep."""
    discarded = Signal()
    """The draft shall go; the window closes."""

    def __init__(self, kit: Kit, people: Sequence[tuple[str, str]], *, restricted: bool, parent: QWidget) -> None:
        """Take the ids and names of those who can be named, and whether the case file is restricted by now."""
        super().__init__(kit, "Restrict", (600, 640), parent)
        self._kit = kit
        self._clock = DraftClock(self)
        self.summary = ErrorSummary(kit)
        self.reason = TextBox(kit, self.tr("Why"))
        self.people = {person: kit.check(name) for person, name in people}
        self.restrict = kit.button(self.tr("Save") if restricted else self.tr("Restrict"), "lock", kind="primary")
        self.lift = kit.button(self.tr("End the restriction"))
        self.lift.setVisible(restricted)
        self.throw_away = kit.button(self.tr("Cancel"))
        self._build()
        for box in self.people.values():
            box.clicked.connect(self._clock.touch)
        self.reason.textChanged.connect(self._clock.touch)
        self._clock.due.connect(lambda: self.typed.emit(self.draft()))
        self.restrict.clicked.connect(self.submit)
        self.lift.clicked.connect(self.lifted)
        self.throw_away.clicked.connect(self._discard)
        self.summary.followed.connect(self.take_keyboard)

    def show_restriction(self, reason: str, people: Collection[str]) -> None:
        """Show what stands, or what a draft kept; this makes no draft."""
        self.reason.show_words(reason)
        for person, box in self.people.items():
            box.setChecked(person in people)
        self._clock.stop()

    def draft(self) -> dict[str, object]:
        """Return what the draft must keep."""
        return {REASON: self.reason.words(), PEOPLE: self.named()}

    def named(self) -> list[str]:
        """Return the ids of those who are ticked."""
        return [person for person, box in self.people.items() if box.isChecked()]

    def take_keyboard(self) -> None:
        """Begin with the reason."""
        self.reason.setFocus()

    def settle(self) -> None:
        """Have what was typed kept, now."""
        self._clock.flush()

    def submit(self) -> None:
        """Hand in who may open it, and why."""
        self.settle()
        self.refuse({})
        self.submitted.emit(self.named(), self.reason.words().strip())

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong; everything typed stays."""
        restyle(self.reason, error="true" if problems else "false")
        self.summary.show_problems(list(problems.items()))

    def _build(self) -> None:
        kit = self._kit
        means = self.tr(
            "Managers always may open it. For everybody else who is not named here there is a line with the case "
            "reference, and nothing more: no name, no search, no paper. It holds in every vault that has the case file."
        )
        nobody = kit.label(self.tr("There is nobody to name: managers alone will open it."), "hint", wrap=True)
        column = kit.column(
            kit.label(self.tr("Restrict this case file"), "h2", wrap=True),
            kit.label(means, wrap=True),
            self.summary,
            kit.field(self.tr("Why"), self.reason, self.tr("Whoever may open the case file can read it.")),
            kit.label(self.tr("Who may open it, beside the managers"), "label", wrap=True),
            *(self.people.values() or [nobody]),
            kit.flow(self.restrict, self.lift, self.throw_away, gap=12),
            None,
            gap=14,
        )
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside = QFrame()
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))

    def _discard(self) -> None:
        self._clock.stop()
        self.discarded.emit()
        self.reject()
