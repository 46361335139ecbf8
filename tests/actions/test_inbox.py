"""The folder in which bundles arrive: all of it is taken in that can be, and what is wrong stays with its sentence."""

import os
import shutil
from datetime import timedelta

import pytest

from tac_desktop.actions import cards, exchange, service, vaults
from tac_desktop.actions.inbox import COPIES, TAKEN_IN, take_in_all, waiting
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import BundleDamaged, DiskFull, MediumUnreadable, MissingEntries, NotABundle
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tests.actions.between_vaults import NOW, acquainted, result_of, save
from tests.actions.conftest import PASSPHRASE
from tests.actions.disks import small_disk, stick

LATER = NOW + timedelta(days=1)
PUCE = case_file_id("Z-001")


def mother(desk, reference="Z-001"):
    return save(desk, "mother", {"reference": reference, "name": "Puce Anchor", "prison": "EP"})


def contact(desk, summary, **how):
    note = {"at": "2026-11-20T10:00", "kind": "phone", "summary": summary}
    return save(desk, "contact", note, case_file=PUCE, **how)


def write(desk, card, path, now=NOW, **how):
    return result_of(exchange.write_bundle(desk.vault, desk.store, card, path, now=now, **how))


def empty(desk, folder, now=NOW):
    """Take in a folder; return by file name what became of each."""
    outcomes = result_of(take_in_all(desk.vault, desk.store, folder, now=now))
    return {one.path.name: one.imported or one.trouble for one in outcomes}


def noted(desk, event):
    entries = desk.store.entries(desk.store.terminal_stream)
    return [one.values for one in entries if one.sem.form == "audit" and one.values["event"] == event]


@pytest.fixture
def post(make_desk, tmp_path):
    """A worker, a manager, the cards of both, and the folder in which the manager gets bundles."""
    worker, manager = make_desk("worker"), make_desk("manager")
    folder = tmp_path / "post"
    folder.mkdir()
    mother(worker)
    return worker, manager, *acquainted(tmp_path, worker, manager), folder


def test_bundles_in_any_order_are_all_taken_in_and_put_aside(post):
    worker, manager, _, to_manager, folder = post
    for number in (3, 2, 1):
        contact(worker, f"Call {number}.", now=LATER)
        write(worker, to_manager, folder / f"{number}.tacb", basis="sent")
        os.utime(folder / f"{number}.tacb", (number, number))
    assert [file.path.name for file in waiting(folder)] == ["1.tacb", "2.tacb", "3.tacb"], "the oldest first"
    found = empty(manager, folder)
    assert {name: one.number for name, one in found.items()} == {"3.tacb": 1, "2.tacb": 2, "1.tacb": 3}
    assert len(manager.store.records("contact")) == 3
    assert sorted(file.name for file in folder.iterdir()) == [TAKEN_IN]
    assert sorted(file.name for file in (folder / TAKEN_IN).iterdir()) == ["1.tacb", "2.tacb", "3.tacb"]
    assert waiting(folder) == []
    assert not (manager.vault.folder / COPIES).exists()
    assert noted(manager, "bundle_refused") == []


def test_what_is_wrong_stays_where_it_is_with_its_sentence(post, tmp_path):
    worker, manager, _, to_manager, folder = post
    write(worker, to_manager, folder / "good.tacb")
    content = (folder / "good.tacb").read_bytes()
    wrong = {"cut.tacb": content[:-1], "letter.tacb": b"Dear manager,", "none.tacb": b""}
    for name, some in wrong.items():
        (folder / name).write_bytes(some)
    (folder / "a folder.tacb").mkdir()
    (folder / "photo.jpg").write_bytes(b"no bundle")
    found = empty(manager, folder)
    assert isinstance(found.pop("cut.tacb"), BundleDamaged)
    assert found.pop("good.tacb").new == 1
    assert all(isinstance(one, NotABundle) for one in found.values())
    assert {name: (folder / name).read_bytes() for name in wrong} == wrong
    assert [values["why"] for values in noted(manager, "bundle_refused")].count("BundleDamaged") == 1


def test_a_bundle_that_is_missing_is_named_and_the_later_one_waits(post, tmp_path):
    worker, manager, _, to_manager, folder = post
    write(worker, to_manager, tmp_path / "lost.tacb", basis="sent")
    contact(worker, "Later.", now=LATER)
    write(worker, to_manager, folder / "later.tacb", basis="sent")
    trouble = empty(manager, folder)["later.tacb"]
    assert isinstance(trouble, MissingEntries)
    assert str(trouble).startswith("Bundle 1 of Slate Kettle’s vault is missing. Nothing was changed.")
    assert trouble.numbers == (1,)
    (tmp_path / "lost.tacb").rename(folder / "lost.tacb")
    found = empty(manager, folder)
    assert (found["lost.tacb"].new, found["later.tacb"].new) == (1, 1)


def test_a_bundle_that_another_one_enrols_is_taken_in_after_it(make_desk, tmp_path):
    registrar, member, new = make_desk("manager"), make_desk("manager"), make_desk("worker")
    folder = tmp_path / "post"
    folder.mkdir()
    to = acquainted(tmp_path, registrar, member)[1]
    founded = service.found_service(registrar.vault, registrar.store, "Zed Service", now=NOW)
    service.hand_out_roster(registrar.store, tmp_path / "r")
    for desk in (member, new):
        service.join_service(desk.vault, desk.store, tmp_path / "r", founded.service_code, now=NOW)
    code = cards.hand_out_card(new.vault, tmp_path / "new", now=NOW)
    cards.trust_card(registrar.vault, registrar.store, tmp_path / "new", code, now=NOW)
    mother(new)
    write(new, to, folder / "1.tacb")  # by a roster in which she herself does not stand yet
    write(registrar, to, folder / "2.tacb")
    found = empty(member, folder)
    assert (found["2.tacb"].roster, found["1.tacb"].new) == (2, 1)


def test_a_bundle_that_this_vault_wrote_for_others_stays_for_them(post):
    worker, manager, _, to_manager, folder = post
    write(worker, to_manager, folder / "p.tacb")
    assert empty(worker, folder)["p.tacb"].number == 0
    assert [file.path.name for file in waiting(folder)] == ["p.tacb"]
    assert empty(manager, folder)["p.tacb"].new == 1


def test_a_bundle_that_was_taken_in_before_changes_nothing_and_is_put_aside(post):
    worker, manager, _, to_manager, folder = post
    write(worker, to_manager, folder / "p.tacb")
    content = (folder / "p.tacb").read_bytes()
    first = empty(manager, folder)["p.tacb"]
    (folder / "again.tacb").write_bytes(content)
    again = empty(manager, folder)["again.tacb"]
    assert (again.new, again.receipt) == (0, first.receipt)
    assert again.imported_before
    assert sorted(file.name for file in (folder / TAKEN_IN).iterdir()) == ["again.tacb", "p.tacb"]


def test_a_copy_lies_in_the_vault_only_while_it_is_taken_in_even_after_a_crash(post):
    worker, manager, _, to_manager, folder = post
    (manager.vault.folder / COPIES).mkdir()
    (manager.vault.folder / COPIES / "p.tacb").write_bytes(b"half a copy, left by a crash")
    write(worker, to_manager, folder / "p.tacb")
    job = take_in_all(manager.vault, manager.store, folder, now=NOW)
    next(job)
    assert (manager.vault.folder / COPIES).exists()
    job.close()
    assert not (manager.vault.folder / COPIES).exists()
    assert manager.store.records("mother") == []
    assert empty(manager, folder)["p.tacb"].new == 1


def test_stopping_keeps_what_was_taken_in_and_nothing_of_the_one_at_work(post):
    worker, manager, _, to_manager, folder = post
    write(worker, to_manager, folder / "1.tacb", basis="sent")
    contact(worker, "Later.")
    write(worker, to_manager, folder / "2.tacb", basis="sent")
    job = take_in_all(manager.vault, manager.store, folder, now=NOW)
    while not (folder / TAKEN_IN).exists():
        next(job)
    job.close()
    assert len(manager.store.records("mother")) == 1
    assert manager.store.records("contact") == []
    assert list(empty(manager, folder)) == ["2.tacb"]
    assert len(manager.store.records("contact")) == 1


def test_a_folder_that_cannot_be_read_is_told(post, tmp_path):
    _, manager, *_ = post
    with pytest.raises(MediumUnreadable):
        waiting(tmp_path / "nowhere")
    with pytest.raises(MediumUnreadable):
        empty(manager, tmp_path / "nowhere")


def test_a_stick_that_is_pulled_out_changes_nothing_and_goes_on_when_it_is_back(post, tmp_path):
    worker, manager, _, to_manager, _ = post
    letter = worker.store.attach(os.urandom(1 << 20) for _ in range(8))
    note = {"at": "2026-11-20T10:00", "kind": "letter", "summary": "It came.", "letter": letter}
    save(worker, "contact", note, case_file=PUCE)
    write(worker, to_manager, tmp_path / "p.tacb")
    content = (tmp_path / "p.tacb").read_bytes()
    with stick(tmp_path, 12 << 20) as slot:
        (slot.path / "p.tacb").write_bytes(content)
        slot.pull_out(keep=5 << 20)
        assert isinstance(empty(manager, slot.path)["p.tacb"], MediumUnreadable)
        with pytest.raises(MediumUnreadable, match="Nothing was changed"):
            result_of(exchange.import_bundle(manager.vault, manager.store, slot.path / "p.tacb", now=NOW))
    assert manager.store.records("mother") == []
    assert manager.store.attachment_size(letter) is None
    assert not (manager.vault.folder / COPIES).exists()
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "p.tacb").write_bytes(content)
    assert empty(manager, tmp_path / "back")["p.tacb"].new == 2


def test_a_stick_that_takes_no_writing_keeps_its_bundles_where_they_are(post, tmp_path):
    worker, manager, _, to_manager, _ = post
    with stick(tmp_path, 2 << 20) as slot:
        write(worker, to_manager, slot.path / "p.tacb")
        slot.pull_out(keep=2 << 20)  # mounted anew, and for reading only
        assert empty(manager, slot.path)["p.tacb"].new == 1
        assert [file.path.name for file in waiting(slot.path)] == ["p.tacb"]


def test_on_a_full_disk_nothing_is_changed_and_it_goes_well_when_there_is_room(post, tmp_path):
    worker, _, *_ = post
    letter = worker.store.attach(os.urandom(1 << 20) for _ in range(6))
    note = {"at": "2026-11-20T10:00", "kind": "letter", "summary": "It came.", "letter": letter}
    save(worker, "contact", note, case_file=PUCE)
    with small_disk(tmp_path / "disk", 9 << 20) as disk:
        vault, _ = vaults.create(
            disk / "v", name="Teal Ladder", role="manager", prison="", passphrase=PASSPHRASE, profile=CHEAPEST
        )
        tight = type(worker)(vault, Store(vault))
        (tmp_path / "cards").mkdir()
        _, to_tight = acquainted(tmp_path / "cards", worker, tight)
        (tmp_path / "inbox").mkdir()
        write(worker, to_tight, tmp_path / "inbox" / "p.tacb")
        filling = disk / "filling"
        for room in (1 << 20, 7 << 20):  # too little for the copy; enough for that, too little for what is in it
            filling.write_bytes(bytes(shutil.disk_usage(disk).free - room))
            assert isinstance(empty(tight, tmp_path / "inbox")["p.tacb"], DiskFull)
            assert tight.store.records("mother") == []
            assert tight.store.exchange.notes("in") == []
            assert not (tight.vault.folder / COPIES).exists()
            filling.unlink()
        filling.write_bytes(bytes(shutil.disk_usage(disk).free - (3 << 20)))
        with pytest.raises(DiskFull, match="nothing was lost"):
            result_of(exchange.import_bundle(tight.vault, tight.store, tmp_path / "inbox" / "p.tacb", now=NOW))
        filling.unlink()
        found = result_of(exchange.import_bundle(tight.vault, tight.store, tmp_path / "inbox" / "p.tacb", now=NOW))
        assert found.new == 2
        assert tight.store.attachment_size(letter) == 6 << 20
        tight.store.close()
        vault.close()
