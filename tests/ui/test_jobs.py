import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tac_desktop.errors import DiskFull, Stopped
from tac_desktop.ui.jobs import Job, Lane, at_once


class Told:
    """Writes down in order what a job says, and in which thread."""

    def __init__(self, job: Job) -> None:
        self.signals: list[str] = []
        self.values: list[object] = []
        self.threads: set[int] = set()
        for name in ("finished", "failed", "cancelled", "settled"):
            getattr(job, name).connect(lambda *values, name=name: self._note(name, *values))

    def _note(self, name: str, *values: object) -> None:
        self.signals.append(name)
        self.values += values
        self.threads.add(threading.get_ident())


@pytest.fixture
def lane(qtbot: QtBot):
    lane = Lane()
    yield lane
    lane.stop()
    qtbot.waitUntil(lambda: not lane.jobs())


def run(qtbot: QtBot, lane: Lane, job: Job) -> Told:
    told = Told(job)
    with qtbot.waitSignal(job.settled):
        lane.start(job)
    return told


def test_a_job_gives_what_its_action_returned_and_settles_once(qtbot, lane):
    def work():
        yield 1, 2
        yield 2, 2
        return "the bundle"

    told = run(qtbot, lane, Job(work))
    assert told.signals == ["finished", "settled"]
    assert told.values == ["the bundle"]


def test_the_action_runs_in_another_thread_and_the_signals_come_in_the_windows_own(qtbot, lane):
    where: list[int] = []
    told = run(qtbot, lane, Job(at_once(lambda: where.append(threading.get_ident()))))
    assert where[0] != threading.get_ident()
    assert told.threads == {threading.get_ident()}


def test_a_trouble_is_handed_on_as_it_is(qtbot, lane):
    def work():
        yield 0, 1
        raise DiskFull

    told = run(qtbot, lane, Job(work))
    assert told.signals == ["failed", "settled"]
    assert isinstance(told.values[0], DiskFull)


def test_cancelling_closes_the_action_which_sweeps_up(qtbot, lane, tmp_path):
    part, begun = tmp_path / "bundle.part", threading.Event()

    def work():
        part.write_bytes(b"half")
        try:
            for step in range(1_000_000):
                yield step, 1_000_000
                begun.set()
        finally:
            part.unlink()

    job = Job(work)
    told = Told(job)
    lane.start(job)
    assert begun.wait(5)
    with qtbot.waitSignal(job.settled):
        job.cancel()
    assert told.signals == ["cancelled", "settled"]
    assert not part.exists()


def test_an_interrupted_query_counts_as_cancelled(qtbot, lane):
    waiting, interrupted = threading.Event(), threading.Event()

    def work():
        yield 0, 1
        waiting.set()
        assert interrupted.wait(5)
        raise Stopped

    job = Job(work, interrupt=interrupted.set)
    told = Told(job)
    lane.start(job)
    assert waiting.wait(5)
    with qtbot.waitSignal(job.settled):
        job.cancel()
    assert told.signals == ["cancelled", "settled"]


def test_at_most_twenty_steps_a_second_reach_the_window(qtbot, lane):
    def work():
        for step in range(50_000):
            yield step, 50_000

    job = Job(work)
    steps: list[int] = []
    job.stepped.connect(lambda done, _total: steps.append(done))
    with qtbot.waitSignal(job.settled):
        lane.start(job)
    assert 1 <= len(steps) < 200


def test_jobs_are_done_one_after_another_in_their_order(qtbot, lane):
    order: list[int] = []
    jobs = [Job(at_once(lambda number=number: order.append(number))) for number in range(5)]
    with qtbot.waitSignal(jobs[-1].settled):
        for job in jobs:
            lane.start(job)
    assert order == [0, 1, 2, 3, 4]


def test_stopping_the_lane_cancels_what_waits_and_waits_for_what_runs(qtbot):
    lane = Lane()
    begun = threading.Event()

    def long():
        for step in range(1_000_000):
            begun.set()
            yield step, 1_000_000

    first, second = Job(long), Job(long)
    told = Told(first), Told(second)
    lane.start(first)
    lane.start(second)
    assert begun.wait(5)
    lane.stop()
    qtbot.waitUntil(lambda: not lane.jobs())
    assert [t.signals for t in told] == [["cancelled", "settled"]] * 2


def test_a_job_is_not_destroyed_while_the_thread_is_still_telling_its_end(qtbot, lane):
    job, let_go = Job(at_once(lambda: 1)), threading.Event()

    def linger() -> None:
        let_go.wait(10)

    job._ended.connect(linger, Qt.ConnectionType.DirectConnection)  # in the thread, after the window was told
    with qtbot.waitSignal(job.settled):
        lane.start(job)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert isValid(job)
    let_go.set()
    with qtbot.waitSignal((other := Job(at_once(lambda: 2))).settled):
        lane.start(other)
    lane.wait()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(job)
