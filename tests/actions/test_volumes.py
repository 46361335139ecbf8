"""Bundles below a size: several files that come in any order, and that are gone on with where they were interrupted."""

import os
from datetime import timedelta

import pytest

from tac_desktop.actions import exchange
from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import DiskFull, LimitTooSmall, TacError
from tac_desktop.export.bundle.manifest import PIECE
from tests.actions.between_vaults import NOW, acquainted, result_of, save
from tests.actions.disks import small_disk

LATER = NOW + timedelta(days=1)
LIMIT = 120_000


def written(desk, card, path, *, now=NOW, **how):
    return result_of(exchange.write_bundle(desk.vault, desk.store, card, path, now=now, **how))


def take(desk, path):
    return result_of(exchange.import_bundle(desk.vault, desk.store, path, now=NOW))


@pytest.fixture
def pair(make_desk, tmp_path):
    """A worker with twelve case files, each with notes that hardly become smaller, a manager, and her card."""
    worker, manager = make_desk("worker"), make_desk("manager")
    _, to_manager = acquainted(tmp_path, worker, manager)
    for number in range(12):
        reference = f"Z-{number:03}"
        save(worker, "mother", {"reference": reference, "name": f"Puce Anchor {number}", "prison": "EP"})
        note = {"at": "2026-11-20T10:00", "kind": "phone", "summary": os.urandom(9_000).hex()}
        save(worker, "contact", note, case_file=case_file_id(reference))
    return worker, manager, to_manager


def everything(desk):
    return [desk.store.records(form) for form in ("mother", "contact", "paper")]


def test_no_file_is_larger_than_the_limit_and_together_they_are_everything(pair, tmp_path):
    worker, manager, to_manager = pair
    found = written(worker, to_manager, tmp_path / "p.tacb", limit=40_000)
    assert len(found.files) > 3
    assert [file.name for file in found.files] == [f"p-{n}.tacb" for n in range(1, len(found.files) + 1)]
    assert all(file.stat().st_size <= 40_000 for file in found.files)
    assert (found.entries, found.case_files, found.volume) == (24, 12, (len(found.files),) * 2)
    assert found.size == sum(file.stat().st_size for file in found.files)
    brought = [take(manager, file) for file in reversed(found.files)]
    assert sum(one.new for one in brought) == 24
    assert [one.volume[0] for one in reversed(brought)] == list(range(1, len(brought) + 1))
    assert everything(manager) == everything(worker)


def test_what_fits_is_one_file_under_its_own_name(pair, tmp_path):
    worker, _, to_manager = pair
    found = written(worker, to_manager, tmp_path / "p.tacb", limit=10_000_000)
    assert found.files == (tmp_path / "p.tacb",)


def test_a_large_file_travels_in_pieces_in_several_volumes_and_is_whole_when_the_last_has_come(pair, tmp_path):
    worker, manager, to_manager = pair
    scan = os.urandom(2 * PIECE + 1234)
    paper = {"title": "Report", "file": worker.store.attach([scan])}
    save(worker, "paper", paper, case_file=case_file_id("Z-001"))
    found = written(worker, to_manager, tmp_path / "p.tacb", limit=PIECE + LIMIT)
    assert len(found.files) == 3
    assert found.attachments == 1
    for number, file in enumerate(found.files):
        brought = take(manager, file)
        assert brought.attachments == (number == len(found.files) - 1)
        assert (manager.store.attachment_size(paper["file"]) is None) == (number < len(found.files) - 1)
    assert b"".join(manager.store.attachment(paper["file"])) == scan


def test_a_limit_below_what_cannot_be_cut_is_told_and_leaves_no_file(pair, tmp_path):
    worker, _, to_manager = pair
    with pytest.raises(LimitTooSmall, match="Choose a larger limit"):
        written(worker, to_manager, tmp_path / "p.tacb", limit=5_000)
    assert list(tmp_path.glob("p*")) == []
    assert worker.store.exchange.sent_to(to_manager.device_id) == []


def interrupted(desk, card, path, files, **how):
    """Write until so many files are there, then stop."""
    job = exchange.write_bundle(desk.vault, desk.store, card, path, now=NOW, **how)
    while len(list(path.parent.glob("p*.tacb"))) < files:
        next(job)
    next(job)
    job.close()
    return sorted(path.parent.glob("p*.tacb"))


def test_an_interrupted_set_is_gone_on_with_after_the_files_that_are_whole(pair, tmp_path):
    worker, manager, to_manager = pair
    begun = interrupted(worker, to_manager, tmp_path / "p.tacb", 2, limit=40_000)
    assert [file.name for file in begun] == ["p-1.tacb", "p-2.tacb"]
    assert list(tmp_path.glob("*.part")) == []
    rest = written(worker, to_manager, tmp_path / "p.tacb", limit=40_000)
    assert rest.files[0].name == "p-3.tacb"
    assert len({note.set_id for note in worker.store.exchange.sent_to(to_manager.device_id)}) == 1
    assert [take(manager, file).new for file in (*rest.files, *begun)].count(0) == 0
    assert everything(manager) == everything(worker)
    again = written(worker, to_manager, tmp_path / "q.tacb", limit=10_000_000)
    assert again.entries == 24, "nothing was acknowledged: the next set holds everything again"


def test_pieces_of_files_that_went_already_do_not_go_again(pair, tmp_path):
    worker, manager, to_manager = pair
    scan = os.urandom(3 * PIECE + 5)
    paper = {"title": "Report", "file": worker.store.attach([scan])}
    save(worker, "paper", paper, case_file=case_file_id("Z-001"))
    begun = interrupted(worker, to_manager, tmp_path / "p.tacb", 2, limit=PIECE + 2 * LIMIT)
    rest = written(worker, to_manager, tmp_path / "p.tacb", limit=PIECE + 2 * LIMIT)
    sizes = sum(file.stat().st_size for file in (*begun, *rest.files))
    assert sizes < len(scan) + 24 * 20_000
    for file in (*begun, *rest.files):
        take(manager, file)
    assert b"".join(manager.store.attachment(paper["file"])) == scan
    assert everything(manager) == everything(worker)


def test_a_receipt_in_between_does_not_end_a_set(pair, tmp_path):
    worker, _, to_manager = pair
    interrupted(worker, to_manager, tmp_path / "p.tacb", 2, limit=40_000)
    written(worker, to_manager, tmp_path / "receipt.tacb", kind="receipt", now=LATER)
    assert written(worker, to_manager, tmp_path / "p.tacb", limit=40_000, now=LATER).files[0].name == "p-3.tacb"


def test_a_set_may_be_begun_afresh(pair, tmp_path):
    worker, manager, to_manager = pair
    for file in interrupted(worker, to_manager, tmp_path / "p.tacb", 2, limit=40_000):
        file.unlink()
    found = written(worker, to_manager, tmp_path / "p.tacb", limit=40_000, afresh=True)
    assert found.entries == 24
    for file in found.files:
        take(manager, file)
    assert everything(manager) == everything(worker)


def test_what_was_written_meanwhile_goes_with_the_rest(pair, tmp_path):
    worker, manager, to_manager = pair
    begun = interrupted(worker, to_manager, tmp_path / "p.tacb", 2, limit=40_000)
    note = {"at": "2026-11-20T10:00", "kind": "phone", "summary": "Meanwhile."}
    for number in range(12):
        save(worker, "contact", note, case_file=case_file_id(f"Z-{number:03}"), now=LATER)
    rest = written(worker, to_manager, tmp_path / "p.tacb", limit=40_000, now=LATER)
    for file in (*begun, *rest.files):
        take(manager, file)
    assert everything(manager) == everything(worker)


def test_a_full_disk_keeps_the_files_that_are_whole_and_says_so(pair, tmp_path):
    worker, manager, to_manager = pair
    with small_disk(tmp_path / "disk", 100_000) as disk:
        with pytest.raises(DiskFull, match="nothing was lost"):
            written(worker, to_manager, disk / "p.tacb", limit=40_000)
        begun = sorted(disk.iterdir())
        assert [file.name for file in begun] == ["p-1.tacb", "p-2.tacb"]
        rest = written(worker, to_manager, tmp_path / "p.tacb", limit=40_000)
        assert rest.files[0].name == "p-3.tacb"
        for file in (*begun, *rest.files):
            take(manager, file)
    assert everything(manager) == everything(worker)


def test_a_disk_that_is_full_from_the_beginning_holds_nothing_afterwards(pair, tmp_path):
    worker, _, to_manager = pair
    with small_disk(tmp_path / "disk", 8_192) as disk:
        with pytest.raises(DiskFull):
            written(worker, to_manager, disk / "p.tacb")
        assert list(disk.iterdir()) == []
    assert worker.store.exchange.sent_to(to_manager.device_id) == []


def test_a_volume_that_cannot_be_noted_is_not_left_behind(pair, tmp_path):
    worker, _, to_manager = pair
    worker.store._ledger.connection.execute("PRAGMA query_only=1")
    with pytest.raises(TacError):
        written(worker, to_manager, tmp_path / "p.tacb", limit=40_000)
    assert list(tmp_path.glob("p*")) == []


def test_many_small_histories_are_cut_between_histories_only(make_desk, tmp_path):
    worker, manager = make_desk("worker"), make_desk("manager")
    _, to_manager = acquainted(tmp_path, worker, manager)
    changes = [
        Change(
            record_id=case_file_id(f"record {n}"), form="contact", version=1, stream=case_file_id(f"Z-{n % 40}"),
            values={"at": "2026-11-20T10:00", "summary": f"Call {n}."}, known_on="2026-11-21",
        )
        for n in range(1200)
    ]  # fmt: skip
    worker.store.save(changes, author=worker.person.id, now=NOW)
    found = written(worker, to_manager, tmp_path / "p.tacb", limit=60_000)
    assert len(found.files) > 1
    assert sum(take(manager, file).new for file in found.files) == 1200
