"""'These two are one': which records of a list turned out to be the same, chosen by a person."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.casework.form import Form
from tac_desktop.errors import TacError
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.record_list import LineButton, RecordLine

MOST_OFFERED = 60


class JoinDialog(LinedDialog):
    """Offers the records; two or more of them can be chosen."""

    chosen = Signal(object)
    """The ids of the records that are one: a list."""

    def __init__(
        self, kit: Kit, form: Form, lines: Sequence[RecordLine], before: Collection[str], parent: QWidget
    ) -> None:
        """Take the records in the order of their list, and which of them are chosen before anybody looks."""
        super().__init__(kit, "The same", (620, 640), parent)
        what = self.tr(
            "Choose the records that tell of one and the same. From then on they are shown as one, with the answers of "
            "all of them. Where they differ, both stand side by side until somebody decides. Nothing is deleted, and "
            "they can be separated again."
        )
        self.lines = [self._line(kit, line, before) for line in lines]
        self.join = kit.button(self.tr("They are one"), "link", kind="primary")
        self.leave = kit.button(self.tr("Leave them as they are"))
        inside = QWidget()
        column = kit.column(
            kit.label(self.tr("Which of them are the same?"), "h2", wrap=True),
            kit.label(form.several, "hint", wrap=True),
            kit.label(what, wrap=True),
            *self.lines,
            kit.flow(self.join, self.leave, gap=12),
            None,
            gap=10,
        )
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self.join.clicked.connect(self._join)
        self.leave.clicked.connect(self.reject)
        self._toggled()

    def marked(self) -> list[str]:
        """Return the ids of the records that are chosen."""
        return [line.record_id for line in self.lines if line.isChecked()]

    def _line(self, kit: Kit, line: RecordLine, before: Collection[str]) -> LineButton:
        button = LineButton(kit, line)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setChecked(line.record_id in before)
        button.toggled.connect(self._toggled)
        return button

    def _toggled(self) -> None:
        self.join.setEnabled(len(self.marked()) > 1)

    def _join(self) -> None:
        self.chosen.emit(self.marked())
        self.accept()


class Joining(QObject):
    """Asks which records of a form are one, and writes it down."""

    joined = Signal(str, str)
    """The form, and the id under which the records are shown from now on."""

    def __init__(self, desk: CaseDesk, form: Form, parent: QWidget) -> None:
        """Take the desk of the case file, and whose records."""
        super().__init__(parent)
        self._desk, self._form, self._over = desk, form, parent

    def ask(self, record_id: str = "") -> None:
        """Open the window, with one record chosen if one is named; only records near it are offered."""
        lines = self._desk.lines(self._form.name)
        place = next((n for n, line in enumerate(lines) if line.record_id == record_id), 0)
        first = max(0, min(place - MOST_OFFERED // 2, len(lines) - MOST_OFFERED))
        near = lines[first : first + MOST_OFFERED]
        dialog = JoinDialog(self._desk.kit, self._form, near, {record_id}, self._over)
        dialog.chosen.connect(self._join)
        dialog.finished.connect(self.deleteLater)
        dialog.open()
        (dialog.lines[0] if dialog.lines else dialog.leave).setFocus()

    def _join(self, record_ids: list[str]) -> None:
        from tac_desktop.actions.duplicates import join

        means = self._desk.means
        try:
            now = means.moment()
            shown = join(means.store, self._desk.person, record_ids, now=now)
        except TacError as trouble:
            means.messages.trouble(trouble)
            return
        self._desk.saved.emit(self._desk.case_file, self._form.name, shown)
        self.joined.emit(self._form.name, shown)
        words = self.tr("They are shown as one from now on. Where they differ, both answers stand side by side.")
        means.messages.say(words)
