"""Disposing of a case file: nothing of what it said stays anywhere, that it was written does, all else is untouched."""

import json
import os
import shutil
import signal
from datetime import timedelta

import pypdfium2
import pytest

from tac_desktop.actions import backup_schedule, drafts, keeping, vaults
from tac_desktop.actions.comments import comment
from tac_desktop.actions.disposal import disposals, dispose, finish_disposals
from tac_desktop.actions.disposal_plan import came_after, plan_disposal
from tac_desktop.actions.handing_over import hand_over
from tac_desktop.actions.retention import retention_list, set_retention
from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.retention import CLASS
from tac_desktop.errors import (
    AnswersRefused,
    BasisMissing,
    BasisNamesSomebody,
    LastBackup,
    NoRetentionClass,
    NotDueYet,
    NothingToDispose,
    NotPermitted,
    ReferenceNotTyped,
    RetentionUnsettled,
    UnderLegalHold,
    UnknownCase,
)
from tac_desktop.export.seal import check_seal
from tac_desktop.storage.sealed_pages import SealedPages
from tac_desktop.storage.store import Store
from tests.actions.between_vaults import NOW, acquainted, result_of, save, send
from tests.actions.conftest import PASSPHRASE, Desk, made_desks

PUCE, TEAL = case_file_id("Z-001"), case_file_id("Z-002")
LATER = NOW + timedelta(days=1)
BASIS = "Retention schedule, class advice"
MARKS = ("quetzalmark", "zanzibarite", "oxblooding", "wyvernish", "jacarandas", "kumquatted", "umbrageously")
"""One in each thing that is written about her: none of their beginnings is another word's."""


def a_case(desk, reference, marks, *, closed="2015-03-02"):
    """Write a case file with a mark in each thing; return its id."""
    name, child, note, said, answer, picture, _ = marks
    case = case_file_id(reference)
    save(desk, "mother", {"reference": reference, "name": name, "prison": "EP"}, record_id="")
    save(desk, "referral", {"date": "2014-01-05", "pathway": "both", "source": "self"}, case_file=case)
    save(desk, "episode", {"opened": "2014-01-05", **({"closed": closed} if closed else {})}, case_file=case)
    save(desk, "child", {"name": child, "date_of_birth": "2001-03-27"}, case_file=case)
    call = {"at": "2015-02-20T10:00", "kind": "phone", "summary": f"About {note} and more."}
    contact = save(desk, "contact", call, case_file=case)
    comment(desk.store, desk.person, contact, f"I heard {said}.", now=NOW)
    file = desk.store.attach([f"{picture} ".encode() * 40_000])
    save(desk, "photo", {"image": file, "caption": answer}, case_file=case)
    return case


def typing(desk, case, mark):
    """Have somebody type about a case, and not save it."""
    kept = drafts.drafts_of(desk.vault)
    drafts.keep_draft(
        kept, desk.person, case_file=case, form="contact", record_id=drafts.new_record(case), at="2026-11-21T09:00",
        typed={"summary": mark},
    )  # fmt: skip
    kept.close()


def due(desk, case=PUCE, code="advice", **how):
    set_retention(desk.store, desk.person, case, **{"retention_class": code, "legal_hold": False, "now": NOW, **how})


def disposed(desk, case=PUCE, reference="Z-001", **how):
    return result_of(dispose(desk.vault, desk.store, case, **{"typed": reference, "basis": BASIS, "now": NOW, **how}))


def in_clear(folder, key):
    """Return all pages of a database in clear, free ones, too."""
    pages = SealedPages(folder, key)
    found = b"".join(pages.page(number) or b"" for number in range(1, pages.count + 1))
    pages.close()
    return found.lower()


def marks_in(vault, folder=None, marks=MARKS):
    """Return which marks stand anywhere in the files of a vault, or of a backup of it."""
    folder = folder or vault.folder
    clear = in_clear(folder / "data.db", vault.data_key)
    if (folder / "drafts.db").exists():
        clear += in_clear(folder / "drafts.db", vault.drafts_key())
    beside = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".db"]
    clear += b"".join(path.read_bytes() for path in beside).lower()
    return [mark for mark in marks if mark.encode() in clear]


def findings(desk):
    return [one for step in desk.store.upkeep.check() for one in step.findings]


def opened(folder, to):
    """Open a copy of a closed vault."""
    shutil.copytree(folder, to)
    vault = vaults.unlock(to, vaults.people_of(to)[0].id, PASSPHRASE)
    return Desk(vault, Store(vault))


def closed(*desks):
    for desk in desks:
        desk.store.close()
        desk.vault.close()


@pytest.fixture(scope="module")
def kept_vault(tmp_path_factory):
    """A manager's closed vault with a case file that is due, and another one, of which somebody is typing."""
    making = made_desks(tmp_path_factory.mktemp("kept"))
    manager = next(making)("manager")
    a_case(manager, "Z-001", MARKS)
    a_case(manager, "Z-002", [f"{mark}x" for mark in ("amber", "birch", "cedar", "delta", "ember", "flint", "grove")])
    values = {"mother": PUCE, "date": "2015-02-20", "comments": MARKS[6]}
    manager.store.save([Change(
        record_id="01930000-0000-7000-8000-00000000aaaa", form="mothers_survey_t2", version=1, values=values,
        stream=manager.store.restricted_stream, known_on="2026-11-20",
    )], author=manager.person.id, now=NOW)  # fmt: skip
    typing(manager, PUCE, MARKS[0])
    typing(manager, TEAL, "A letter to her landlord.")
    due(manager)
    next(making, None)
    return manager.vault.folder


@pytest.fixture
def kept(kept_vault, tmp_path):
    """The same, opened."""
    desk = opened(kept_vault, tmp_path / "kept")
    yield desk
    closed(desk)


def test_a_mother_who_was_typed_anew_under_the_reference_goes_too(kept):
    typed = drafts.drafts_of(kept.vault)
    for reference, record in (("Z-001 ", drafts.new_record("")), ("Z-002", "new:other")):
        drafts.keep_draft(
            typed, kept.person, case_file="", form="mother", record_id=record, at="2026-11-21T09:00",
            typed={"reference": {"text": reference}, "name": [MARKS[0] if reference == "Z-001 " else "Teal"]},
        )  # fmt: skip
    assert plan_disposal(kept.vault, kept.store, PUCE, now=NOW).drafts == 2
    disposed(kept)
    assert marks_in(kept.vault) == []
    assert typed.read(kept.person.id, "mother", drafts.new_record("")) is None
    assert typed.read(kept.person.id, "mother", "new:other") is not None
    typed.close()


def others(desk):
    """Return everything that is written of the other case file."""
    forms = ("mother", "referral", "episode", "child", "contact", "comment", "photo")
    return [desk.store.records(form, TEAL) for form in forms], desk.store.entries(TEAL)


def test_nothing_of_what_was_said_stays_anywhere_and_all_else_is_as_it_was(kept, tmp_path):
    before, there = others(kept), marks_in(kept.vault)
    assert there == list(MARKS)
    plan = plan_disposal(kept.vault, kept.store, PUCE, now=NOW)
    assert (plan.reference, plan.name, plan.files, plan.drafts, plan.obstacle) == ("Z-001", MARKS[0], 1, 1, None)
    outcome = disposed(kept)
    assert (outcome.entries, outcome.records, outcome.files, outcome.drafts) == (9, 9, 1, 1)
    assert outcome.is_swept
    assert marks_in(kept.vault) == []
    assert others(kept) == before
    assert findings(kept) == []
    for mark in MARKS:
        assert kept.store.search(mark) == []
    assert [row.reference for row in kept.store.caseload_page(kept.store.caseload_ids())] == ["Z-002"]
    assert kept.store.record(PUCE) is None
    left = drafts.drafts_of(kept.vault)
    assert [draft.case_file for draft in left.all_of(kept.person.id)] == [TEAL]
    left.close()
    made = result_of(keeping.back_up(kept.vault, kept.store, tmp_path / "shelf", now=LATER))
    assert marks_in(kept.vault, made) == []
    for _ in kept.store.upkeep.rebuild():
        pass
    assert marks_in(kept.vault) == []
    assert findings(kept) == []


def test_what_remains_tells_that_it_was_written_and_not_what(kept):
    disposed(kept)
    skeleton = kept.store.entries(PUCE)
    assert {entry.sem.form for entry in skeleton} >= {"mother", "child", "contact", "photo", "redaction"}
    assert all(entry.values is None for entry in skeleton if entry.sem.op != "redact")
    with pytest.raises(NothingToDispose):
        disposed(kept)
    noted = [entry.values for entry in kept.store.entries(kept.store.terminal_stream) if entry.values]
    assert noted[-1]["event"] == "disposed"
    assert (noted[-1]["case_file"], noted[-1]["entries"], noted[-1]["attachments"]) == (PUCE, 9, 1)


def test_a_sealed_certificate_is_kept_that_names_the_reference_and_nobody_of_hers(kept):
    outcome = disposed(kept)
    (record,) = disposals(kept.store)
    certificate = b"".join(kept.store.attachment(record.text("certificate")))
    assert certificate == outcome.certificate
    with pypdfium2.PdfDocument(certificate) as paper:
        printed = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in paper)
    for words in ("Z-001", BASIS, "Advice or support", "2 March 2021", "21 November 2026", "Slate Kettle", "9"):
        assert words in printed
    assert not [mark for mark in MARKS if mark in printed.lower()]
    told = json.loads(record.text("text"))
    assert (told["reference"], told["erased_entries"], told["sha256"]) == ("Z-001", 9, record.text("certificate"))
    assert check_seal(record.text("text"), record.text("signature")) == kept.vault.seal_key


def test_a_certificate_does_not_speak_of_backups_where_nobody_could_look(kept, tmp_path):
    kept.vault.backups_to = tmp_path / "a stick that is not plugged in"
    assert plan_disposal(kept.vault, kept.store, PUCE, now=NOW).place_is_missing
    with pypdfium2.PdfDocument(disposed(kept).certificate) as paper:
        printed = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in paper)
    assert "The place for backups was not connected: what lies there was not looked at." in printed


def test_she_may_come_back_and_begins_anew(kept):
    disposed(kept)
    save(kept, "mother", {"reference": "Z-001", "name": "Moss Lamp", "prison": "EP"})
    assert kept.store.record(PUCE).answers == {"reference": "Z-001", "name": "Moss Lamp", "prison": "EP"}
    assert [one.retention.state for one in retention_list(kept.store, today="2026-11-21")] == ["without_class"] * 2
    with pytest.raises(NoRetentionClass):
        disposed(kept)


# --- what stands in the way ---


def test_what_holds_a_case_file_is_told_in_a_sentence_and_nothing_changes(kept):
    before = kept.store.entries(PUCE)
    due(kept, legal_hold=True, reason="A claim is expected.")
    with pytest.raises(UnderLegalHold, match="nothing was changed"):
        disposed(kept, early=True)
    due(kept, code="looked_after")
    with pytest.raises(NotDueYet, match="nothing was changed"):
        disposed(kept)
    due(kept, code="")
    with pytest.raises(NoRetentionClass, match="nothing was changed"):
        disposed(kept, early=True)
    due(kept)
    for how, trouble in (
        ({"reference": "Z-002"}, ReferenceNotTyped), ({"reference": ""}, ReferenceNotTyped),
        ({"basis": " "}, BasisMissing),
        ({"basis": f"{MARKS[0].title()} asked for it."}, BasisNamesSomebody),
        ({"basis": f"The daughter ({MARKS[1]}) asked."}, BasisNamesSomebody),
    ):  # fmt: skip
        with pytest.raises(trouble, match=r"[Nn]othing was changed"):
            disposed(kept, **how)
    with pytest.raises(NothingToDispose):
        disposed(kept, case_file_id("Z-404"), "Z-404")
    assert len(kept.store.entries(PUCE)) == len(before) + 4, "only the retention was written"
    assert marks_in(kept.vault) == list(MARKS)


def test_who_must_go_early_goes_with_a_decision_of_her_own(kept):
    due(kept, code="looked_after")
    assert plan_disposal(kept.vault, kept.store, PUCE, now=NOW).only_not_due
    assert disposed(kept, early=True).entries == 10
    assert marks_in(kept.vault) == []


def test_only_a_manager_says_how_long_and_disposes(worker):
    a_case(worker, "Z-001", MARKS)
    store = worker.store
    for deed in (lambda: due(worker), lambda: disposed(worker), lambda: retention_list(store, today="2026-11-21")):
        with pytest.raises(NotPermitted):
            deed()


def test_what_is_said_of_how_long_is_checked(kept):
    with pytest.raises(AnswersRefused):
        due(kept, code="for ever")
    with pytest.raises(AnswersRefused):
        due(kept, legal_hold=True)
    with pytest.raises(UnknownCase):
        due(kept, case_file_id("Z-404"))


def test_two_managers_who_say_different_things_are_asked_before_anything_goes(make_desk, tmp_path):
    one, other = make_desk("manager"), make_desk("manager")
    to_one, to_other = acquainted(tmp_path, one, other)
    a_case(one, "Z-001", MARKS)
    send(one, to_other, other, tmp_path / "a")
    due(one)
    due(other, code="looked_after")
    send(other, to_one, one, tmp_path / "b")
    (found,) = retention_list(one.store, today="2026-11-21")
    assert found.retention.state == "contradicting"
    with pytest.raises(RetentionUnsettled):
        disposed(one)
    due(one)
    assert disposed(one).entries
    assert CLASS not in one.store.records("retention")


# --- backups ---


def test_backups_from_before_are_named_and_can_be_removed_once_there_is_one_from_after(kept):
    result_of(backup_schedule.back_up_now(kept.vault, kept.store, "daily", now=NOW))
    outcome = disposed(kept, now=LATER)
    (old,) = outcome.backups
    assert marks_in(kept.vault, old.path) == list(MARKS)
    with pytest.raises(LastBackup):
        backup_schedule.remove_backup(kept.vault, kept.store, old, now=LATER)
    result_of(backup_schedule.back_up_now(kept.vault, kept.store, "disposal", now=LATER))
    backup_schedule.remove_backup(kept.vault, kept.store, old, now=LATER)
    (new,) = backup_schedule.shelf(kept.vault, now=LATER).backups
    assert marks_in(kept.vault, new.path) == []


# --- other vaults ---


@pytest.fixture(scope="module")
def shared_vaults(tmp_path_factory):
    """The closed vaults of a worker who wrote a case file, of a colleague who has a cover, of the manager; their cards.

    Who wrote it types in it.
    """
    place = tmp_path_factory.mktemp("shared")
    making = made_desks(place)
    make = next(making)
    worker, colleague, manager = desks = make("worker"), make("worker"), make("manager")
    cards = acquainted(place, *desks)
    a_case(worker, "Z-001", MARKS)
    hand_over(worker.vault, worker.store, PUCE, cards[1], kind="cover", now=NOW)
    send(worker, cards[1], colleague, place / "cover")
    send(worker, cards[2], manager, place / "first")
    send(colleague, cards[2], manager, place / "hers")
    send(manager, cards[1], colleague, place / "back")
    typing(worker, PUCE, MARKS[0])
    due(manager)
    next(making, None)
    return [desk.vault.folder for desk in desks], cards


@pytest.fixture
def shared(shared_vaults, tmp_path):
    """The same, opened: worker, colleague, manager, and their cards."""
    folders, cards = shared_vaults
    desks = [opened(folder, tmp_path / folder.name) for folder in folders]
    yield (*desks, cards)
    closed(*desks)


def test_other_vaults_erase_it_by_the_next_bundle_whoever_gave_it_to_them(shared, tmp_path):
    manager, cards = shared[2:]
    for desk in shared[:2]:
        assert set(marks_in(desk.vault)) >= set(MARKS[:6])
    assert len(plan_disposal(manager.vault, manager.store, PUCE, now=NOW).colleagues) == 2
    disposed(manager)
    for number, desk in enumerate(shared[:2]):
        send(manager, cards[number], desk, tmp_path / f"gone-{number}", now=LATER)
        assert marks_in(desk.vault) == [], "in the database, the drafts, and what is beside them"
        assert findings(desk) == []
        assert desk.store.record(PUCE) is None
        assert [one.text("reference") for one in desk.store.records("disposal")] == ["Z-001"]


def test_a_bundle_that_still_holds_it_brings_nothing_back(shared, make_desk, tmp_path):
    worker, colleague, manager, cards = shared
    fourth = make_desk("manager")
    (tmp_path / "cards").mkdir()
    to_fourth = acquainted(tmp_path / "cards", *shared[:3], fourth)[3]
    disposed(manager)
    send(colleague, cards[2], manager, tmp_path / "late", cases=[PUCE])
    send(worker, cards[2], manager, tmp_path / "later")
    assert marks_in(manager.vault) == []
    assert came_after(manager.store) == []
    send(manager, to_fourth, fourth, tmp_path / "gone")
    send(worker, to_fourth, fourth, tmp_path / "old")
    assert marks_in(fourth.vault) == []
    assert findings(fourth) == findings(manager) == []


def test_a_file_that_comes_again_stays_where_another_case_file_names_it(shared, tmp_path):
    worker, _, manager, cards = shared
    disposed(manager)
    save(worker, "mother", {"reference": "Z-002", "name": "Teal Box", "prison": "EP"})
    (picture,) = worker.store.records("photo", PUCE)
    save(worker, "photo", {"image": picture.text("image"), "caption": "A kite"}, case_file=TEAL)
    send(worker, cards[2], manager, tmp_path / "both")
    assert manager.store.attachment_size(picture.text("image"))
    assert marks_in(manager.vault) == [MARKS[5]]


def test_what_somebody_wrote_who_had_not_heard_of_it_is_told_and_can_go_too(shared, tmp_path):
    worker, _, manager, cards = shared
    disposed(manager)
    call = {"at": "2026-11-20T10:00", "kind": "phone", "summary": "A latecomer's pomegranate."}
    save(worker, "contact", call, case_file=PUCE)
    send(worker, cards[2], manager, tmp_path / "late")
    assert came_after(manager.store) == [PUCE]
    plan = plan_disposal(manager.vault, manager.store, PUCE, now=LATER)
    assert (plan.is_rest, plan.reference, plan.name, plan.obstacle) == (True, "Z-001", "", None)
    disposed(manager, now=LATER)
    assert marks_in(manager.vault, marks=("pomegranate",)) == []
    assert came_after(manager.store) == []
    assert len(disposals(manager.store)) == 2


# --- killed in the middle ---


def killed(folder, after, operations):
    """Dispose in a process of its own that is killed after a step, or in the midst of the database's work."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    try:
        vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
        store = Store(vault)
        left = iter(range(operations))
        for done, _ in dispose(vault, store, PUCE, typed="Z-001", basis=BASIS, now=NOW):
            if done == after:
                if not operations:
                    os.kill(os.getpid(), signal.SIGKILL)
                store._ledger.connection.set_progress_handler(
                    lambda: 0 if next(left, None) is not None else os.kill(os.getpid(), signal.SIGKILL), 20
                )
    finally:
        os._exit(1)


@pytest.mark.parametrize(("after", "operations"), [(2, 0), (3, 100), (3, 1000), (3, 3000), (4, 0), (4, 100), (4, 3000)])
def test_killed_at_any_moment_it_is_done_or_not_and_can_be_finished(kept, tmp_path, after, operations):
    folder = tmp_path / "copy"
    kept.store.close()
    kept.vault.close()
    shutil.copytree(kept.vault.folder, folder)
    assert killed(folder, after, operations) == signal.SIGKILL
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    desk = Desk(vault, Store(vault))
    try:
        is_done = desk.store.record(PUCE) is None
        assert findings(desk) == []
        assert len(disposals(desk.store)) == int(is_done), "with its certificate, or not at all"
        assert is_done or set(marks_in(vault)) == set(MARKS)
        assert is_done or after <= 3
        assert not is_done or after >= 3
        if is_done:
            assert finish_disposals(vault, desk.store)
        else:
            disposed(desk)
        assert marks_in(vault) == []
        assert [path.stat().st_size for path in folder.glob("*-journal")] in ([], [0], [0, 0])
        assert findings(desk) == []
        assert not finish_disposals(vault, desk.store)
    finally:
        desk.store.close()
        vault.close()
