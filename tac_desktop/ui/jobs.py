"""Long work: one thread, one job after another; a job walks an action's generator and tells the window."""

import threading
import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from tac_desktop.errors import Stopped

SECONDS_BETWEEN_STEPS = 0.05
"""At most twenty steps a second reach the window: more would only keep it busy."""
_SOON_MS = 10

Steps = Generator[tuple[int, int], None, Any]
"""An action that yields (done, total) and returns its result."""


class Job(QObject):
    """One piece of long work. After `start`: some `stepped`, then one of finished, failed, cancelled, then settled."""

    stepped = Signal(int, int)
    """(done, total) of the work, at most twenty times a second."""
    finished = Signal(object)
    """What the action returned."""
    failed = Signal(object)
    """The TacError that ended it, or the exception that is our fault."""
    cancelled = Signal()
    settled = Signal()
    """Always last, exactly once."""
    _stepped = Signal(int, int)
    _ended = Signal(str, object)

    def __init__(
        self,
        work: Callable[[], Steps],
        interrupt: Callable[[], None] | None = None,
        *,
        must_end: bool = False,
        asked: bool = True,
    ) -> None:
        """Take a function that makes the generator (called in the working thread), and one that breaks a long query.

        What must end is short and cannot be cancelled: a note of what was done. What nobody asked for is what a page
        reads to show itself: nobody need be told what became of it.
        """
        super().__init__()
        self.must_end = must_end
        self.asked = asked
        self.words = ""
        """What is being done, for a person; '' where no words are given."""
        self.if_stopped = ""
        """What holds after it was stopped, in a sentence; '' where nothing was changed then."""
        self.if_finished = ""
        """What to tell after it, where a lock comes before the page can; '' where it is enough that it was finished."""
        self.outcome = ""
        """'finished', 'failed' or 'cancelled' once it has ended."""
        self.error: object = None
        """What it failed from."""
        self._work = work
        self._interrupt = interrupt
        self._stop = threading.Event()
        # queued, so that every signal below is sent from the window's own thread, whoever listens
        self._stepped.connect(self.stepped, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next step; its `finally` clauses sweep up before `cancelled` comes."""
        if self.must_end:
            return
        self._stop.set()
        if self._interrupt is not None:
            self._interrupt()

    def walk(self) -> None:
        """Do the work, in the calling thread; the lane calls this."""
        kind, outcome = "cancelled", None
        try:
            if not self._stop.is_set():
                kind, outcome = self._walked()
        except Exception as error:  # noqa: BLE001 - the one place besides the crash hook: nothing may be lost in a thread
            kind, outcome = ("cancelled", None) if self._is_our_stop(error) else ("failed", error)
        self._ended.emit(kind, outcome)

    def _walked(self) -> tuple[str, object]:
        steps = self._work()
        last = 0.0
        try:
            while True:
                done, total = next(steps)
                if self._stop.is_set():
                    return "cancelled", None
                if time.monotonic() - last >= SECONDS_BETWEEN_STEPS or done == total:
                    last = time.monotonic()
                    self._stepped.emit(done, total)
        except StopIteration as end:
            return "finished", end.value
        finally:
            steps.close()

    def _is_our_stop(self, error: Exception) -> bool:
        """Tell an interrupted query from trouble: after our own stop it is none."""
        return self._stop.is_set() and isinstance(error, Stopped)

    def _end(self, kind: str, outcome: object) -> None:
        self._work, self._interrupt = _nothing, None  # they know the vault, and the job may lie here for a while
        self.outcome = kind
        self.error = outcome if kind == "failed" else None
        match kind:
            case "finished":
                self.finished.emit(outcome)
            case "failed":
                self.failed.emit(outcome)
            case _:
                self.cancelled.emit()
        self.settled.emit()


def _nothing() -> Steps:
    yield 0, 0


def at_once(call: Callable[[], object]) -> Callable[[], Steps]:
    """Make an action of one step from a plain function, for work that is long but cannot be told in steps."""

    def steps() -> Steps:
        yield 0, 0
        return call()

    return steps


class Lane(QObject):
    """The one working thread. A job belongs to the lane, not to the screen that asked: it outlives the screen."""

    busy = Signal(bool)
    """Whether any job is under way or waiting."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Make the thread; it starts with the first job."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._jobs: list[tuple[Job, _Runner]] = []
        self._ended: list[tuple[Job, _Runner]] = []
        """Jobs that are settled; the thread may still be in the signal by which one told its end."""
        self._again = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._again.timeout.connect(self._let_go)

    def start(self, job: Job) -> Job:
        """Queue a job and return it."""
        self._let_go()
        job.setParent(self)
        job.settled.connect(self._settled)
        runner = _Runner(job)
        self._jobs.append((job, runner))
        if len(self._jobs) == 1:
            self.busy.emit(True)
        self._pool.start(runner)
        return job

    def jobs(self) -> list[Job]:
        """Return the jobs that are not settled, in their order."""
        return [job for job, _ in self._jobs]

    def stop(self) -> None:
        """Cancel everything and wait until the thread is idle; before a lock and at the end of the program."""
        self.cancel()
        self.wait()

    def cancel(self) -> None:
        """Cancel everything, and wait for nothing."""
        for job in self.jobs():
            job.cancel()

    def wait(self, milliseconds: int = -1) -> bool:
        """Wait until the thread is idle, for ever or so long; say whether it is. Every job has told its end then."""
        if not self._pool.waitForDone(milliseconds):
            return False
        for job in self.jobs():
            QCoreApplication.sendPostedEvents(job, QEvent.Type.MetaCall.value)
        self._let_go()
        return True

    def _settled(self) -> None:
        settled = self.sender()
        self._ended += [(job, runner) for job, runner in self._jobs if job is settled]
        self._jobs = [(job, runner) for job, runner in self._jobs if job is not settled]
        self._let_go()
        if not self._jobs:
            self.busy.emit(False)

    def _let_go(self) -> None:
        """Destroy the jobs that the thread has left: one that it is still telling the end of would bring it down."""
        for job, runner in self._ended:
            if runner.has_left:
                job.deleteLater()
        self._ended = [(job, runner) for job, runner in self._ended if not runner.has_left]
        if self._ended:
            self._again.start()


class _Runner(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self.setAutoDelete(False)  # the lane's list owns it; deleted twice otherwise
        self._job: Job | None = job
        self.has_left = False
        """Whether the thread is done with the job, so that nothing but the lane knows it."""

    def run(self) -> None:
        # the pool keeps the runner for ever: nothing that knows the vault may hang on it
        job, self._job = self._job, None
        if job is not None:
            job.walk()
        del job
        self.has_left = True
