"""Two real vaults and more: what one worker wrote reaches the others once, whole, and only whom it may reach."""

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tac_desktop.actions import cards, exchange, vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import (
    BundleNotForUs,
    CardCodeMistyped,
    CardCodeWrong,
    CaseNotInVault,
    CasesMustBeNamed,
    MediumUnreadable,
    MissingEntries,
    NotABundle,
    NotAllowed,
    RecipientNotAllowed,
    RecipientUnknown,
    SenderNotAllowed,
    SenderUnknown,
    TacError,
    TwoHistories,
)
from tac_desktop.export.bundle.reader import BundleReader
from tac_desktop.storage import founding
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store

PASSPHRASE = "amber lantern under the bridge"
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
PUCE, TEAL = case_file_id("Z-001"), case_file_id("Z-002")


def mother(desk, reference="Z-001", name="Puce Anchor", **more):
    answers = {"reference": reference, "name": name, "prison": "EP", **more}
    return save_answers(
        desk.store, desk.person, forms.ALL["mother"], answers=answers, now=NOW, record_id=more.pop("record_id", "")
    )


def renamed(desk, name, now=NOW):
    before = desk.store.record(PUCE)
    save_answers(
        desk.store, desk.person, forms.ALL["mother"], answers={**before.answers, "known_as": name}, now=now,
        record_id=PUCE,
    )  # fmt: skip


def contact(desk, summary="She rang her son.", case_file=PUCE, now=NOW, **more):
    answers = {"at": "2026-11-20T10:00", "kind": "phone", "summary": summary, **more}
    return save_answers(desk.store, desk.person, forms.ALL["contact"], answers=answers, now=now, case_file=case_file)


def acquainted(tmp_path: Path, *desks):
    """Let each vault accept the card of each other one; return the cards in order."""
    files = []
    for number, desk in enumerate(desks):
        file = tmp_path / f"{number}.taccard"
        files.append((file, cards.hand_out_card(desk.vault, file, now=NOW), desk))
    for desk in desks:
        for file, code, other in files:
            if other is not desk:
                cards.trust_card(desk.vault, desk.store, file, code, now=NOW)
    return [cards.read_card_file(file) for file, _, _ in files]


def result_of(job):
    """Run a job to its end and return what it says."""
    shown = []
    while True:
        try:
            shown.append(next(job))
        except StopIteration as end:
            assert all(0 <= done <= total for done, total in shown)
            return end.value


def send(desk, card, path, now=NOW, cases=None):
    return result_of(exchange.write_bundle(desk.vault, desk.store, card, path, now=now, cases=cases))


def take(desk, path, now=NOW, *, dry_run=False):
    return result_of(exchange.import_bundle(desk.vault, desk.store, path, now=now, dry_run=dry_run))


def dump(desk):
    """Return everything in a vault but the access audit."""
    rows = [list(desk.store.exchange.reaches()), desk.store.exchange.trusted(), desk.store.contradictions.found()]
    own = desk.store.terminal_stream
    return [[reach for reach in rows[0] if reach.stream != own], *rows[1:]] + [
        desk.store.records(name) for name in forms.ALL
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "parcel.tacb"


# --- cards ---


def test_a_card_is_accepted_only_with_its_own_code(worker, manager, tmp_path):
    file = tmp_path / "card"
    code = cards.hand_out_card(worker.vault, file, now=NOW)
    other = cards.hand_out_card(manager.vault, tmp_path / "other", now=NOW)
    with pytest.raises(CardCodeWrong):
        cards.trust_card(manager.vault, manager.store, file, other, now=NOW)
    with pytest.raises(CardCodeMistyped):
        cards.trust_card(manager.vault, manager.store, file, "", now=NOW)
    assert cards.trusted_cards(manager.store) == []
    accepted = cards.trust_card(manager.vault, manager.store, file, code.lower(), now=NOW)
    assert (accepted.name, accepted.role, accepted.prison) == ("Slate Kettle", "worker", "EP")
    assert [one.card for one in cards.trusted_cards(manager.store)] == [accepted]


def test_a_card_may_be_accepted_in_another_role_than_it_claims(worker, manager, tmp_path):
    code = cards.hand_out_card(worker.vault, tmp_path / "card", now=NOW)
    cards.trust_card(manager.vault, manager.store, tmp_path / "card", code, now=NOW, role="manager")
    assert [one.role for one in cards.trusted_cards(manager.store)] == ["manager"]


# --- there and back ---


def test_a_case_file_reaches_the_manager_with_its_attachment(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    scan = os.urandom(700_000)
    mother(worker)
    contact(worker, letter=worker.store.attach([scan]))
    written = send(worker, to_manager, path)
    assert (written.entries, written.case_files, written.attachments) == (2, 1, 1)
    assert written.size == path.stat().st_size
    found = take(manager, path)
    assert (found.new, found.changed, found.conflicting, found.known, found.attachments) == (2, 0, 0, 0, 1)
    assert found.sender == "Slate Kettle"
    assert found.written_at.startswith("2026-11-21T09:30")
    assert found.recipients == ("Slate Kettle", "Slate Kettle"), "the sender and the manager of this test"
    for form in ("mother", "contact"):
        assert manager.store.records(form) == worker.store.records(form)
    assert b"".join(manager.store.attachment(hashlib.sha256(scan).hexdigest())) == scan


def test_the_same_bundle_twice_changes_nothing(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    send(worker, to_manager, path)
    take(manager, path)
    before = dump(manager)
    again = take(manager, path, LATER)
    assert (again.new, again.changed, again.conflicting, again.known) == (0, 0, 0, 1)
    assert again.imported_before.startswith("2026-11-21T09:30")
    assert dump(manager) == before


def test_without_an_acknowledgement_everything_is_sent_again_and_known(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    send(worker, to_manager, path)
    take(manager, path)
    contact(worker)
    assert send(worker, to_manager, path).entries == 2
    found = take(manager, path)
    assert (found.new, found.changed, found.known) == (1, 0, 1)


def test_after_an_acknowledgement_only_what_is_new_is_sent(worker, manager, tmp_path, path):
    to_worker, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    send(worker, to_manager, path)
    take(manager, path)
    assert send(manager, to_worker, path).entries == 0
    take(worker, path)
    contact(worker, now=LATER)
    assert send(worker, to_manager, path, LATER).entries == 1
    assert take(manager, path, LATER).new == 1
    assert len(manager.store.records("contact")) == 1


def test_what_the_manager_adds_comes_back_to_the_worker(worker, manager, tmp_path, path):
    to_worker, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    send(worker, to_manager, path)
    take(manager, path)
    renamed(manager, "Annie", LATER)
    assert send(manager, to_worker, path, LATER).entries == 1
    found = take(worker, path, LATER)
    assert (found.new, found.changed, found.conflicting) == (0, 1, 0)
    assert worker.store.record(PUCE).text("known_as") == "Annie"


def test_two_workers_who_answer_differently_are_both_kept_and_shown(make_desk, tmp_path, path):
    one, other, manager = make_desk("worker"), make_desk("worker"), make_desk("manager")
    to_one, to_other, to_manager = acquainted(tmp_path, one, other, manager)
    mother(one)
    send(one, to_other, path, cases=[PUCE])
    take(other, path)
    renamed(one, "Annie")
    renamed(other, "Nan")
    for worker in (one, other):
        send(worker, to_manager, path)
        found = take(manager, path)
    assert found.conflicting == 1
    (conflict,) = manager.store.contradictions.found(PUCE)
    assert {answer.value for answer in conflict.answers} == {"Annie", "Nan"}
    renamed(manager, "Anne", LATER)
    for worker, card in ((one, to_one), (other, to_other)):
        send(manager, card, path, LATER, cases=[PUCE])
        take(worker, path, LATER)
        assert worker.store.contradictions.found() == []
        assert worker.store.record(PUCE) == manager.store.record(PUCE)


def test_three_vaults_that_send_everything_to_each_other_are_the_same_in_the_end(make_desk, tmp_path, path):
    desks = [make_desk("worker"), make_desk("worker"), make_desk("manager")]
    to = acquainted(tmp_path, *desks)
    for number, desk in enumerate(desks[:2]):
        mother(desk, reference=f"Z-00{number + 1}", name=f"Puce Anchor {number}")
        contact(desk, case_file=case_file_id(f"Z-00{number + 1}"))
    send(desks[0], to[1], path, cases=[PUCE])
    take(desks[1], path)
    send(desks[1], to[0], path, cases=[TEAL])
    take(desks[0], path)
    send(desks[0], to[2], path)
    take(desks[2], path)
    for card in to[:2]:
        send(desks[2], card, path, cases=[PUCE])
    for _ in range(2):
        for sender in desks:
            for receiver, card in zip(desks, to, strict=True):
                if receiver is not sender:
                    send(sender, card, path)
                    take(receiver, path)
    shared = [[desk.store.records(form) for form in ("mother", "contact")] for desk in desks]
    assert shared[0] == shared[1] == shared[2]
    assert [send(desks[0], card, path).entries for card in to[1:]] == [0, 0]


def shown(desk):
    """Return what people see of a vault's case files: records and contradicting answers."""
    conflicts = {
        (c.record_id, c.field, tuple(sorted(str(a.value) for a in c.answers)))
        for c in desk.store.contradictions.found()
    }
    return [desk.store.records("mother"), desk.store.records("contact"), conflicts]


VAULT = st.integers(0, 2)
STEP = st.one_of(
    st.tuples(st.just("answer"), VAULT, st.sampled_from(["Annie", "Nan", "Anne"])),
    st.tuples(st.just("log"), VAULT, st.just("")),
    st.tuples(st.just("send"), VAULT, VAULT),
    st.tuples(st.just("take"), st.integers(0, 30), st.just("")),
)


@given(steps=st.lists(STEP, min_size=6, max_size=14))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_lost_repeated_or_late_all_vaults_agree_in_the_end(make_desk, tmp_path_factory, steps):
    tmp_path = tmp_path_factory.mktemp("bundles")
    desks = [make_desk("worker"), make_desk("worker"), make_desk("manager")]
    to, parcels = acquainted(tmp_path, *desks), []

    def send_on(sender: int, receiver: int) -> None:
        if sender != receiver:
            parcels.append((receiver, tmp_path / f"{len(parcels)}.tacb"))
            send(desks[sender], to[receiver], parcels[-1][1], cases=[PUCE])

    def take_one(number: int) -> None:
        receiver, path = parcels[number % len(parcels)]
        before = shown(desks[receiver])
        try:
            take(desks[receiver], path)
        except MissingEntries:
            assert shown(desks[receiver]) == before

    mother(desks[0])
    for receiver in (1, 2):
        send_on(0, receiver)
        take_one(receiver - 1)
    for verb, one, other in steps:
        match verb:
            case "answer":
                renamed(desks[one], other)
            case "log":
                contact(desks[one])
            case "send":
                send_on(one, other)
            case _:
                take_one(one)
    for _ in range(3):
        for sender, receiver in ((0, 1), (1, 2), (2, 0), (1, 0), (2, 1), (0, 2)):
            send_on(sender, receiver)
            take_one(len(parcels) - 1)
    assert shown(desks[0]) == shown(desks[1]) == shown(desks[2])


def test_a_trial_tells_the_numbers_and_changes_nothing(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    send(worker, to_manager, path)
    before = dump(manager)
    trial = take(manager, path, dry_run=True)
    assert dump(manager) == before
    found = take(manager, path)
    assert trial.receipt == ""
    assert replace(trial, receipt=found.receipt) == found


def test_a_vault_may_take_in_its_own_bundle(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    send(worker, to_manager, path)
    found = take(worker, path)
    assert (found.new, found.known) == (0, 1)


# --- whom it may reach ---


def test_restricted_records_and_the_audit_never_leave(manager, make_desk, tmp_path, path):
    other = make_desk("manager")
    _, to_other = acquainted(tmp_path, manager, other)
    restricted = next(form for form in forms.ALL.values() if form.keeping == "restricted")
    change = Change(
        record_id=case_file_id("a survey"), form=restricted.name, version=1, stream=manager.store.restricted_stream,
        values={restricted.fields[0].name: "2026-11-01"}, known_on="2026-11-21",
    )  # fmt: skip
    manager.store.save([change], author=manager.person.id, now=NOW)
    mother(manager)
    assert send(manager, to_other, path).entries == 1
    known = cards.whom_we_trust(other.vault, other.store)
    with BundleReader(path, cards.identity_of(other.vault), lambda _: known) as bundle:
        assert {stretch.stream for stretch in bundle.stretches} == {PUCE}


def test_entries_for_the_restricted_or_terminal_stream_of_others_are_refused(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    for stream in (manager.store.restricted_stream, manager.store.terminal_stream):
        change = Change(
            record_id=case_file_id("a note"), form="contact", version=1, stream=stream, values={"summary": "x"},
            known_on="2026-11-21",
        )  # fmt: skip
        worker.store.save([change], author=worker.person.id, now=NOW)
    before = dump(manager)
    send(worker, to_manager, path)
    with pytest.raises(SenderNotAllowed):
        take(manager, path)
    assert dump(manager) == before


def test_a_restricted_form_in_a_case_file_is_refused(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    restricted = next(form for form in forms.ALL.values() if form.keeping == "restricted")
    change = Change(
        record_id=case_file_id("a survey"), form=restricted.name, version=1, stream=PUCE,
        values={restricted.fields[0].name: "2026-11-01"}, known_on="2026-11-21",
    )  # fmt: skip
    worker.store.save([change], author=worker.person.id, now=NOW)
    send(worker, to_manager, path)
    with pytest.raises(SenderNotAllowed):
        take(manager, path)
    assert manager.store.records("mother") == []


def test_only_the_named_case_files_are_sent(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    mother(worker, reference="Z-002", name="Teal Ladder")
    assert send(worker, to_manager, path, cases=[TEAL]).case_files == 1
    take(manager, path)
    assert [record.text("name") for record in manager.store.records("mother")] == ["Teal Ladder"]
    with pytest.raises(CaseNotInVault, match="Nothing was written"):
        send(worker, to_manager, path, cases=[case_file_id("Z-999")])


def test_another_worker_receives_what_is_shared_already_and_nothing_else_unnamed(make_desk, tmp_path, path):
    one, other = make_desk("worker"), make_desk("worker")
    to_one, to_other = acquainted(tmp_path, one, other)
    mother(one)
    mother(one, reference="Z-002", name="Teal Ladder")
    with pytest.raises(CasesMustBeNamed):
        send(one, to_other, path)
    assert not path.exists()
    send(one, to_other, path, cases=[PUCE])
    take(other, path)
    send(other, to_one, path)
    take(one, path)
    contact(one)
    contact(one, case_file=TEAL)
    send(one, to_other, path)
    take(other, path)
    assert [record.id for record in other.store.records("mother")] == [PUCE]
    assert {record.case_file for record in other.store.records("contact")} == {PUCE}


def test_writing_in_a_case_file_gives_no_right_to_read_it(make_desk, tmp_path, path):
    honest, curious, manager = make_desk("worker"), make_desk("worker"), make_desk("manager")
    _, to_curious, to_manager = acquainted(tmp_path, honest, curious, manager)
    mother(honest)
    mother(curious, name="Guessed by her reference")
    for worker in (honest, curious):
        send(worker, to_manager, path)
        take(manager, path)
    with pytest.raises(CasesMustBeNamed):
        send(manager, to_curious, path)
    mother(curious, reference="Z-002", name="Teal Ladder")
    send(curious, to_manager, path)
    take(manager, path)
    send(manager, to_curious, path)
    take(curious, path)
    assert {record.text("name") for record in curious.store.records("mother")} == {
        "Guessed by her reference",
        "Teal Ladder",
    }
    send(manager, to_curious, path, cases=[PUCE])
    take(curious, path)
    assert [conflict.case_file for conflict in curious.store.contradictions.found()] == [PUCE]


def test_an_administrator_neither_sends_nor_receives_case_files(make_desk, worker, tmp_path, path):
    admin = make_desk("admin")
    to_worker, to_admin = acquainted(tmp_path, worker, admin)
    with pytest.raises(NotAllowed):
        send(admin, to_worker, path)
    with pytest.raises(RecipientNotAllowed):
        send(worker, to_admin, path)
    assert not path.exists()


def test_nobody_receives_anything_before_the_card_was_accepted(worker, manager, tmp_path, path):
    cards.hand_out_card(manager.vault, tmp_path / "card", now=NOW)
    with pytest.raises(RecipientUnknown, match="Nothing was written"):
        send(worker, cards.read_card_file(tmp_path / "card"), path)


def test_an_unknown_sender_and_a_bundle_for_somebody_else_change_nothing(make_desk, tmp_path, path):
    worker, manager, stranger = make_desk("worker"), make_desk("manager"), make_desk("manager")
    code = cards.hand_out_card(manager.vault, tmp_path / "card", now=NOW)
    card = cards.trust_card(worker.vault, worker.store, tmp_path / "card", code, now=NOW)
    mother(worker)
    send(worker, card, path)
    for desk, trouble in ((manager, SenderUnknown), (stranger, BundleNotForUs)):
        before = dump(desk)
        with pytest.raises(trouble, match="Nothing was changed"):
            take(desk, path)
        assert dump(desk) == before


def test_a_deletion_travels_like_every_entry(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    twice = contact(worker)
    send(worker, to_manager, path)
    take(manager, path)
    seen = [entry.cid for entry in worker.store.history(twice)]
    deletion = Change(
        record_id=twice, form="contact", version=1, stream=PUCE, known_on="2026-11-21", op="del",
        values={"_del": {"reason": "It was entered twice.", "seen": seen}},
    )  # fmt: skip
    worker.store.save([deletion], author=worker.person.id, now=NOW)
    send(worker, to_manager, path)
    take(manager, path)
    assert worker.store.records("contact") == manager.store.records("contact") == []


# --- when it goes wrong ---


def test_a_stopped_import_changes_nothing_and_can_be_made_again(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    contact(worker, letter=worker.store.attach([os.urandom(100_000)]))
    send(worker, to_manager, path)
    before = dump(manager)
    whole = sum(1 for _ in exchange.import_bundle(manager.vault, manager.store, path, now=NOW, dry_run=True))
    assert whole > 1
    for steps in range(1, whole + 1):
        job = exchange.import_bundle(manager.vault, manager.store, path, now=NOW)
        for _ in range(steps):
            next(job)
        job.close()
        assert dump(manager) == before
    assert take(manager, path).new == 2


def test_a_stopped_writing_leaves_no_file_and_acknowledges_nothing(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    job = exchange.write_bundle(worker.vault, worker.store, to_manager, path, now=NOW)
    next(job)
    job.close()
    assert not path.exists()
    assert not path.with_name(path.name + ".part").exists()
    assert worker.store.exchange.sent_to(to_manager.device_id) == []


JOB = """
import sys, pathlib, datetime
from tac_desktop.actions import cards, exchange, vaults
vault = vaults.unlock(pathlib.Path(sys.argv[2]), vaults.people_of(pathlib.Path(sys.argv[2]))[0].id, sys.argv[4])
store, path, now = vaults.store_of(vault), pathlib.Path(sys.argv[3]), datetime.datetime.now(datetime.UTC)
if sys.argv[1] == "write":
    job = exchange.write_bundle(vault, store, cards.trusted_cards(store)[0].card, path, now=now)
else:
    job = exchange.import_bundle(vault, store, path, now=now)
print("ready", flush=True)
for _ in job:
    pass
print("done", flush=True)
"""


def killed(verb, folder, path, after: float) -> bool:
    """Run a job in a program of its own, kill it after so many seconds, and say whether it had come to its end."""
    program = subprocess.Popen(
        [sys.executable, "-c", JOB, verb, folder, path, PASSPHRASE], stdout=subprocess.PIPE, text=True
    )
    with program:
        assert program.stdout.readline() == "ready\n"
        with suppress(subprocess.TimeoutExpired):
            program.wait(after)
        program.kill()
        return program.stdout.read() == "done\n"


def test_a_killed_import_leaves_all_or_nothing_and_a_killed_writing_no_half_file(make_desk, tmp_path, path):
    worker, manager = make_desk("worker"), make_desk("manager")
    acquainted(tmp_path, worker, manager)
    mother(worker)
    letter = worker.store.attach(os.urandom(1 << 20) for _ in range(8))
    for number in range(60):
        contact(worker, summary=f"Call {number}.", letter=letter)
    folders = [desk.vault.folder for desk in (worker, manager)]
    for desk in (worker, manager):
        desk.store.close()
        desk.vault.close()
    for after in (0.01, 0.05, 30):
        if path.exists() or killed("write", folders[0], path, after):
            assert exchange.check_bundle(path).recipients == 2
    for after in (0.02, 0.1, 0.2, 30):
        done = killed("import", folders[1], path, after)
        vault = vaults.unlock(folders[1], vaults.people_of(folders[1])[0].id, PASSPHRASE)
        store = vaults.store_of(vault)
        arrived = len(store.records("contact")), len(store.records("mother"))
        store.close()
        vault.close()
        assert arrived in {(0, 0), (60, 1)}
        assert not done or arrived == (60, 1)
    assert done


def test_a_tampered_bundle_changes_nothing(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    contact(worker, letter=worker.store.attach([os.urandom(200_000)]))
    send(worker, to_manager, path)
    content, before = path.read_bytes(), dump(manager)
    for place in (300, 600, 5_000, len(content) - 100_000, len(content) - 1):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(TacError, match="Nothing was changed"):
            take(manager, path)
        path.write_bytes(content[:place])
        with pytest.raises(TacError, match="Nothing was changed"):
            take(manager, path)
    assert dump(manager) == before


@pytest.fixture
def restored(manager, make_desk, tmp_path):
    """The manager's vault put back to its first day: a new one with the same keys stands for it."""
    vault, _ = founding.create_vault(
        tmp_path / "restored", manager.person, PASSPHRASE, device_id=manager.vault.device_id,
        identity=manager.vault.identity(), profile=CHEAPEST,
    )  # fmt: skip
    store = Store(vault)
    yield type(manager)(vault, store)
    store.close()
    vault.close()


def test_a_restored_vault_is_told_everything_again_after_it_says_so(worker, manager, restored, tmp_path, path):
    to_worker, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    send(worker, to_manager, path)
    take(manager, path)
    send(manager, to_worker, path)
    take(worker, path)
    contact(worker)
    send(worker, to_manager, path)
    cards.trust_card(restored.vault, restored.store, tmp_path / "0.taccard", to_worker.code, now=NOW)
    with pytest.raises(MissingEntries, match="Nothing was changed"):
        take(restored, path)
    send(restored, to_worker, tmp_path / "back", LATER)
    take(worker, tmp_path / "back", LATER)
    assert send(worker, to_manager, path, LATER).entries == 2
    assert take(restored, path, LATER).new == 2


@pytest.fixture
def snapshot(worker, tmp_path):
    """The worker's vault as a copy of the running computer: it goes on under the same incarnation."""
    mother(worker)
    shutil.copytree(worker.vault.folder, tmp_path / "snapshot")
    vault = vaults.unlock(tmp_path / "snapshot", vaults.people_of(tmp_path / "snapshot")[0].id, PASSPHRASE)
    vault.incarnation.rid = worker.vault.incarnation.rid
    store = Store(vault)
    yield type(worker)(vault, store)
    store.close()
    vault.close()


def test_two_histories_of_one_computer_are_never_mixed(worker, manager, snapshot, tmp_path, path):
    to_worker, to_manager = acquainted(tmp_path, worker, manager)
    manager_code = cards.hand_out_card(manager.vault, tmp_path / "m", now=NOW)
    cards.trust_card(snapshot.vault, snapshot.store, tmp_path / "m", manager_code, now=NOW)
    contact(worker, summary="As it went on here.")
    contact(snapshot, summary="As it went on there.")
    send(worker, to_manager, path)
    take(manager, path)
    before = dump(manager)
    send(snapshot, to_manager, path)
    with pytest.raises(TwoHistories, match="Nothing was changed"):
        take(manager, path)
    send(manager, to_worker, path)
    take(snapshot, path)  # the manager holds so many entries: only later ones follow now, upon another past
    contact(snapshot, summary="And on.")
    assert send(snapshot, to_manager, path).entries == 1
    with pytest.raises(TwoHistories, match="Nothing was changed"):
        take(manager, path)
    assert dump(manager) == before


def test_a_bundle_that_cannot_be_noted_is_not_left_behind(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    worker.store._ledger.connection.execute("PRAGMA query_only=1")
    with pytest.raises(TacError):
        send(worker, to_manager, path)
    assert not path.exists()


def test_a_card_that_cannot_be_read_is_told(worker, tmp_path):
    with pytest.raises(MediumUnreadable):
        cards.read_card_file(tmp_path / "no card")


def test_what_was_done_is_noted_in_the_vaults_own_stream(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    mother(worker)
    send(worker, to_manager, path)
    take(manager, path)
    for desk, done in ((worker, "bundle_written"), (manager, "bundle_imported")):
        past = [one for one in desk.store.entries(desk.store.terminal_stream) if one.sem.form == "audit"]
        assert [one.values["event"] for one in past] == ["card_accepted", done]
        assert "Puce" not in str(past)


def test_a_refused_bundle_is_noted_but_not_a_trial(worker, manager, tmp_path):
    (tmp_path / "note").write_text("no bundle")
    for dry_run in (True, False):
        with pytest.raises(NotABundle):
            take(manager, tmp_path / "note", dry_run=dry_run)
    past = [one.values for one in manager.store.entries(manager.store.terminal_stream) if one.sem.form == "audit"]
    assert [(one["event"], one["why"]) for one in past] == [("bundle_refused", "NotABundle")]


def test_a_bundle_is_told_without_a_vault(worker, manager, tmp_path, path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    send(worker, to_manager, path)
    assert exchange.check_bundle(path).recipients == 2
    assert exchange.neutral_name(NOW).startswith("tac-2026-11-21-")
