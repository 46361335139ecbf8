"""Long work as a person sees it: what is being done, how far it is, a button to stop it, and then what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tac_desktop.ui.jobs import Job
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.messages import announce


class ProgressPanel(QFrame):
    """Follows one job at a time. `show_numbers` then tells the result in numbers with their words."""

    told = Signal(QWidget)
    """The panel itself: it has something new to tell, and should be seen."""
    cancelled = Signal()
    """The person has stopped the work, and it has been swept up."""

    def __init__(self, kit: Kit) -> None:
        """Build it hidden."""
        super().__init__()
        self._kit = kit
        self.setProperty("role", "card")
        self._job: Job | None = None
        self._stopped_words = ""
        self._words = kit.label("", wrap=True)
        self._bar = kit.progress(self.tr("Progress"))
        self._stop = kit.button(self.tr("Stop"), "x")
        self._stop.clicked.connect(self._cancel)
        self._numbers = kit.flow(gap=28, row_gap=12)
        column = kit.column(self._words, self._bar, gap=12)
        column.addLayout(kit.flow(self._stop))
        column.addLayout(self._numbers)
        column.setContentsMargins(*(kit.px(20),) * 4)
        self.setLayout(column)
        self.hide()

    def follow(self, job: Job, words: str, *, can_stop: bool = True, stopped: str = "") -> None:
        """Show a job's progress.

        Args:
            job: What is under way.
            words: What is being done.
            can_stop: Whether it may be stopped: else there is no button.
            stopped: What holds after it was stopped; '' where nothing was changed then.
        """
        self._job = job
        job.words, job.if_stopped = words, stopped
        self._stopped_words = stopped or self.tr("Stopped. Nothing was changed, and no file is left behind.")
        clear(self._numbers)
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._bar.setVisible(True)
        self._stop.setVisible(can_stop)
        self._stop.setEnabled(True)
        job.stepped.connect(self._step)
        job.cancelled.connect(self._cancelled)
        job.settled.connect(self._settled)
        self.show()
        if can_stop:
            self._stop.setFocus()
        self.told.emit(self)

    def show_numbers(self, words: str, numbers: Sequence[tuple[int, str]]) -> None:
        """Tell what came of it: a sentence, and numbers with what each counts."""
        self._words.setText(words)
        clear(self._numbers)
        for number, label in numbers:
            self._numbers.addWidget(self._number(f"{number:,}", label))
        self.show()
        self.told.emit(self)
        spoken = ", ".join(f"{label}: {number:,}" for number, label in numbers)
        announce(self, f"{words} {spoken}")

    def _number(self, number: str, label: str) -> QWidget:
        kit = self._kit
        widget = QWidget()
        column: QVBoxLayout = kit.column(kit.label(number, "number"), kit.label(label, "hint"), gap=0)
        widget.setLayout(column)
        widget.setAccessibleName(f"{label}: {number}")
        return widget

    def _is_of_another(self) -> bool:
        """Say whether a job tells of itself that is not followed any more."""
        return self.sender() is not self._job

    def _step(self, done: int, total: int) -> None:
        if total > 0 and not self._is_of_another():
            thousand = round(done * 1000 / total)  # bytes of a large bundle pass what a progress bar can hold
            self._bar.setRange(0, 1000)
            self._bar.setValue(thousand)

    def _cancel(self) -> None:
        if self._job is not None:
            self._stop.setEnabled(False)
            self._words.setText(self.tr("Stopping …"))
            self._job.cancel()

    def _cancelled(self) -> None:
        if self._is_of_another():
            return
        self._words.setText(self._stopped_words)
        self.cancelled.emit()

    def _settled(self) -> None:
        if self._is_of_another():
            return
        self._job = None
        self._bar.hide()
        self._stop.hide()

    def failed(self) -> None:
        """Hide: the message bar says what went wrong."""
        self.hide()
