"""The folder in which bundles arrive is watched: what comes and goes is noticed, and nothing waits for a slow share."""

import threading
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tac_desktop.actions.inbox import InboxFile, waiting
from tac_desktop.ui import exchange_inbox
from tac_desktop.ui.exchange_inbox import InboxWatch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return inbox


@pytest.fixture
def watch(qtbot: QtBot, folder: Path):
    made = InboxWatch(waiting)
    made.watch(str(folder))
    qtbot.waitUntil(lambda: not made._looking)
    yield made
    made.watch("")


def names(watch: InboxWatch) -> list[str]:
    return [file.path.name for file in watch.files()]


def test_a_bundle_that_arrives_is_noticed_and_one_that_leaves_too(watch, qtbot, folder):
    (folder / "one.tacb").write_bytes(b"x")
    (folder / "letter.txt").write_bytes(b"x")
    qtbot.waitUntil(lambda: names(watch) == ["one.tacb"])
    (folder / "one.tacb").unlink()
    qtbot.waitUntil(lambda: names(watch) == [])


def test_a_share_that_tells_nobody_is_looked_into_now_and_then(qtbot, folder, monkeypatch):
    monkeypatch.setattr(exchange_inbox, "MILLISECONDS_BETWEEN_LOOKS", 50)
    watch = InboxWatch(waiting)
    watch._watcher.directoryChanged.disconnect()
    watch.watch(str(folder))
    qtbot.waitUntil(lambda: bool(watch._watcher.directories()))
    (folder / "one.tacb").write_bytes(b"x")
    qtbot.waitUntil(lambda: names(watch) == ["one.tacb"])
    watch.watch("")


def test_a_folder_that_is_gone_is_told_and_tried_again(watch, qtbot, folder):
    folder.rmdir()
    watch.look()
    qtbot.waitUntil(lambda: bool(watch.trouble()))
    folder.mkdir()
    (folder / "one.tacb").write_bytes(b"x")
    watch.look()
    qtbot.waitUntil(lambda: names(watch) == ["one.tacb"] and not watch.trouble())


def test_nothing_new_is_not_told(watch, qtbot, folder):
    told: list[None] = []
    watch.waiting_changed.connect(lambda: told.append(None))
    watch.look()
    qtbot.waitUntil(lambda: not watch._looking)
    assert told == []


def test_a_share_that_does_not_answer_stops_neither_window_nor_another_folder(qtbot, folder, tmp_path):
    answers = threading.Event()

    def slow(where: Path) -> list[InboxFile]:
        if where != folder:
            answers.wait(60)
        return waiting(where)

    watch = InboxWatch(slow)
    began = time.monotonic()
    watch.watch(str(tmp_path / "share"))
    watch.look()
    watch.watch(str(folder))
    assert time.monotonic() - began < 30  # it did not wait for the share
    (folder / "one.tacb").write_bytes(b"x")
    qtbot.waitUntil(lambda: names(watch) == ["one.tacb"])
    answers.set()
    qtbot.wait(200)
    assert names(watch) == ["one.tacb"]
    watch.watch("")


def test_what_a_look_brings_for_a_folder_that_is_left_is_forgotten(qtbot, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "two.tacb").write_bytes(b"x")
    watch = InboxWatch(waiting)
    watch.watch(str(other))
    watch.watch(str(folder))
    qtbot.waitUntil(lambda: not watch._looking and not watch._again)
    assert names(watch) == []
    watch.watch("")


def test_what_was_put_aside_is_listed_no_longer_though_a_look_still_saw_it(qtbot, folder):
    (folder / "one.tacb").write_bytes(b"x")
    (folder / "two.tacb").write_bytes(b"x")
    slow, go_on = [False], threading.Event()

    def listing(place: Path):
        found = waiting(place)
        if slow[0]:
            slow[0] = False
            go_on.wait(60)
        return found

    watch, seen = InboxWatch(listing), []
    watch.watch(str(folder))
    qtbot.waitUntil(lambda: names(watch) == ["one.tacb", "two.tacb"])
    watch.waiting_changed.connect(lambda: seen.append(names(watch)))
    slow[0] = True
    watch.look()
    qtbot.waitUntil(lambda: not slow[0])
    (folder / "one.tacb").rename(folder / "one.taken")
    watch.put_aside({folder / "one.tacb"})
    assert names(watch) == ["two.tacb"]
    go_on.set()
    qtbot.waitUntil(lambda: not watch._looking)
    qtbot.wait(100)
    assert seen == [["two.tacb"]]
    watch.watch("")
