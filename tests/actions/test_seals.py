"""A seal made at one vault holds at another; a forged one refuses its bundle; what changed afterwards is told."""

import base64
import json
import os
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tac_desktop.actions import addenda, cards, seals, service, vaults
from tac_desktop.actions.recovery import recover_by_code
from tac_desktop.casework.journal import Change, Entry, decode_sem
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id, new_id
from tac_desktop.casework.sealing import SEALABLE, Sealed, seal_text
from tac_desktop.errors import (
    AnswersContradict,
    AttachmentDamaged,
    MissingEntries,
    NotAllowed,
    SealBroken,
    UnknownRecord,
)
from tac_desktop.export.seal import make_seal
from tac_desktop.export.sshsig import wire_key
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tests.actions.between_vaults import NOW, acquainted, save, send
from tests.actions.conftest import PASSPHRASE, Desk, MakeDesk

PUCE = case_file_id("Z-001")
BASELINE = {"first_meeting": "2026-11-02"}
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def baseline(worker: Desk) -> str:
    """A baseline tracker in a worker's case file."""
    save(worker, "mother", {"reference": "Z-001", "name": "Puce Anchor", "prison": "EP"})
    return save(worker, "baseline", BASELINE, case_file=PUCE)


def seal(desk: Desk, record: str, now: datetime = NOW) -> str:
    return seals.seal_record(desk.vault, desk.store, desk.person, record, now=now)


def seals_on(desk: Desk, record: str) -> list[seals.Seal]:
    return seals.seals_on(desk.vault, desk.store, record)


def forge(desk: Desk, record: str, *, seed: bytes, altered: bool = False, **said: object) -> None:
    """Write what only looks like a seal into a vault, past the verb."""
    stands = desk.store.record(record)
    entries = tuple(sorted(entry.cid for entry in desk.store.history(record)))
    sealed = Sealed(**{
        "record": record, "form": stands.form, "stream": stands.stream, "entries": entries, "person": desk.person.id,
        "name": desk.person.name, "role": "worker", "at": NOW.isoformat(timespec="seconds"), **said,
    })  # fmt: skip
    signed = seal_text(sealed)
    text = signed.replace('"worker"', '"manager"') if altered else signed
    values = {
        "record": sealed.record, "name": sealed.name, "at": sealed.at[:16], "text": text,
        "signature": make_seal(seed, signed),
    }  # fmt: skip
    change = Change(
        record_id=new_id(0, os.urandom(10)), form="seal", version=1, stream=stands.stream, op="seal", values=values,
        known_on="2026-11-21",
    )  # fmt: skip
    desk.store.save([change], author=sealed.person, now=NOW)


def test_a_seal_made_at_one_vault_holds_at_another(worker: Desk, manager: Desk, baseline: str, tmp_path: Path):
    met = acquainted(tmp_path, worker, manager)
    seal(worker, baseline)
    send(worker, met[1], manager, tmp_path / "sealed.tacb")
    (shown,) = seals_on(manager, baseline)
    assert (shown.name, shown.role, shown.at) == ("Slate Kettle", "worker", "2026-11-21T09:30")
    assert (shown.holds, shown.changed_since, shown.why) == (True, 0, "")


def test_what_changed_after_the_seal_is_counted_on_both_sides(
    worker: Desk, manager: Desk, baseline: str, tmp_path: Path
):
    met = acquainted(tmp_path, worker, manager)
    seal(worker, baseline)
    addenda.add(worker.store, worker.person, baseline, "The plan was forgotten.", kind="reopened", now=NOW)
    for plan in ("To write once a week.", "To write twice a week."):
        save(worker, "baseline", BASELINE | {"plan": plan}, case_file=PUCE, record_id=baseline)
    send(worker, met[1], manager, tmp_path / "sealed.tacb", now=LATER)
    assert [(one.holds, one.changed_since) for one in seals_on(worker, baseline)] == [(True, 2)]
    assert [(one.holds, one.changed_since) for one in seals_on(manager, baseline)] == [(True, 2)]
    seal(worker, baseline, LATER)
    assert [one.changed_since for one in seals_on(worker, baseline)] == [2, 0]


FORGERIES = {
    "a text that was altered": {"text": True},
    "the key of somebody else": {"seed": True},
    "another person": {"person": "somebody"},
    "another stream": {"stream": "elsewhere"},
    "a form that is never sealed": {"form": "contact"},
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_seal_refuses_its_whole_bundle(
    worker: Desk, manager: Desk, baseline: str, tmp_path: Path, forgery: dict
):
    met = acquainted(tmp_path, worker, manager)
    forger = manager if "seed" in forgery else worker
    told = {name: value for name, value in forgery.items() if isinstance(value, str)}
    forge(worker, baseline, seed=forger.vault.seal_seed(), altered="text" in forgery, **told)
    with pytest.raises(SealBroken):
        send(worker, met[1], manager, tmp_path / "forged.tacb")
    assert manager.store.record(PUCE) is None
    assert True not in [one.holds for one in seals_on(worker, baseline)]


def test_a_seal_is_neither_changed_nor_deleted_by_a_later_entry(
    worker: Desk, manager: Desk, baseline: str, tmp_path: Path
):
    met = acquainted(tmp_path, worker, manager)
    made = seal(worker, baseline)
    change = Change(
        record_id=made, form="seal", version=1, stream=PUCE, values={"name": "Olive Saddle"}, known_on="2026-11-21"
    )
    worker.store.save([change], author=worker.person.id, now=NOW)
    (shown,) = seals_on(worker, baseline)
    assert not shown.holds
    with pytest.raises(SealBroken):
        send(worker, met[1], manager, tmp_path / "changed.tacb")


def test_another_seal_under_the_same_id_takes_nothing_from_a_seal(
    worker: Desk, manager: Desk, baseline: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    met = acquainted(tmp_path, worker, manager)
    send(worker, met[1], manager, tmp_path / "before.tacb")
    made = seal(worker, baseline)
    monkeypatch.setattr(seals, "new_id", lambda *_: made)
    assert seal(manager, baseline, LATER) == made
    send(worker, met[1], manager, tmp_path / "sealed.tacb")
    assert [(one.role, one.holds) for one in seals_on(manager, baseline)] == [("worker", True), ("manager", True)]


def test_a_seal_of_somebody_unknown_here_is_told_and_stops_nothing(
    worker: Desk, manager: Desk, baseline: str, tmp_path: Path
):
    met = acquainted(tmp_path, worker, manager)
    forge(worker, baseline, seed=os.urandom(32), person="a colleague", name="Olive Saddle")
    send(worker, met[1], manager, tmp_path / "unknown.tacb")
    (shown,) = seals_on(manager, baseline)
    assert (shown.holds, shown.name) == (False, "Olive Saddle")
    assert "unknown here" in shown.why


def test_a_seal_with_another_key_than_hers_is_told_and_stops_nothing(
    worker: Desk, manager: Desk, baseline: str, tmp_path: Path
):
    met = acquainted(tmp_path, worker, manager)
    forge(worker, baseline, seed=os.urandom(32))
    send(worker, met[1], manager, tmp_path / "other.tacb")
    (shown,) = seals_on(manager, baseline)
    assert not shown.holds
    assert "not made with the key" in shown.why


def test_an_issued_document_is_sealed_with_the_very_bytes_of_its_file(worker: Desk, baseline: str):
    sha256 = worker.store.attach([b"%PDF-1.7 a paper"])
    answers = {
        "document_kind": "dossier", "title": "Court dossier, version 1", "document_version": 1, "sha256": sha256,
        "issued_on": "2026-11-20", "known_on": "2026-11-20", "file": sha256,
    }  # fmt: skip
    document = save(worker, "issued_document", answers, case_file=PUCE)
    seal(worker, document)
    assert [one.holds for one in seals_on(worker, document)] == [True]
    lost = save(worker, "issued_document", answers, case_file=PUCE)
    change = Change(
        record_id=lost, form="issued_document", version=1, stream=PUCE, values={"file": {"blob": "0" * 64}},
        known_on="2026-11-20",
    )  # fmt: skip
    worker.store.save([change], author=worker.person.id, now=NOW)
    with pytest.raises(AttachmentDamaged):
        seal(worker, lost)
    assert seals_on(worker, lost) == []


def test_who_may_seal_and_what(worker: Desk, manager: Desk, baseline: str, make_desk: MakeDesk):
    contact = save(
        worker, "contact", {"at": "2026-11-20T10:00", "kind": "phone", "summary": "She rang."}, case_file=PUCE
    )
    assert not seals.may_be_sealed("contact")
    assert all(map(seals.may_be_sealed, SEALABLE))
    with pytest.raises(NotAllowed):
        seal(worker, contact)
    with pytest.raises(UnknownRecord):
        seal(worker, "nobody")
    admin = Person(id=worker.person.id, name="Teal Bellows", role="admin")
    with pytest.raises(NotAllowed):
        seals.seal_record(worker.vault, worker.store, admin, baseline, now=NOW)
    assert seals_on(worker, contact) == seals_on(worker, baseline) == []


def test_what_contradicts_itself_is_not_sealed_before_somebody_has_decided(
    worker: Desk, manager: Desk, baseline: str, tmp_path: Path
):
    met = acquainted(tmp_path, worker, manager)
    send(worker, met[1], manager, tmp_path / "first.tacb")
    for desk, day in ((worker, "2026-11-03"), (manager, "2026-11-04")):
        save(desk, "baseline", {"first_meeting": day}, case_file=PUCE, record_id=baseline, now=LATER)
    send(worker, met[1], manager, tmp_path / "second.tacb", now=LATER)
    with pytest.raises(AnswersContradict):
        seal(manager, baseline)


def test_other_entries_of_a_bundle_are_passed_over_and_erased_ones_too(worker: Desk, baseline: str):
    made = seal(worker, baseline)
    trusted = cards.whom_we_trust(worker.vault, worker.store)
    entries = [
        Entry(b"", 0, 0, _sem_of(worker, record), b"", json.dumps(["not what was written"]).encode())
        for record in (baseline, PUCE)
    ]
    seals.check_seals(entries, trusted)
    erased = Entry(b"", 0, 0, _sem_of(worker, made), b"", b"")
    seals.check_seals([erased], trusted)
    with pytest.raises(SealBroken):
        seals.check_seals([Entry(b"", 0, 0, erased.sem, b"", b'["a"]')], trusted)
    in_other_words = erased.sem.replace(b'"seal"', rb'"\u0073eal"')
    assert decode_sem(in_other_words) == decode_sem(erased.sem)
    with pytest.raises(SealBroken):
        seals.check_seals([Entry(b"", 0, 0, in_other_words, b"", b'["a"]')], trusted)


def _sem_of(desk: Desk, record: str) -> bytes:
    from tac_desktop.casework.journal import encode_sem

    sem = encode_sem(desk.store.history(record)[0].sem)
    assert decode_sem(sem).record_id == record
    return sem


def test_part_of_what_was_sealed_may_still_be_on_its_way(worker: Desk, manager: Desk, baseline: str, tmp_path: Path):
    met = acquainted(tmp_path, worker, manager)
    sealed_entry = worker.store.history(baseline)[0].cid
    forge(worker, baseline, seed=worker.vault.seal_seed(), entries=tuple(sorted((sealed_entry, "A" * 43))))
    send(worker, met[1], manager, tmp_path / "early.tacb")
    (shown,) = seals_on(manager, baseline)
    assert (shown.holds, shown.changed_since) == (False, 0)
    assert "not in this vault yet" in shown.why
    assert issubclass(SealBroken, MissingEntries.__base__)


@pytest.mark.tool("ssh-keygen")
def test_ssh_keygen_alone_checks_a_seal(worker: Desk, baseline: str, tmp_path: Path):
    made = worker.store.record(seal(worker, baseline))
    key = base64.b64encode(wire_key(worker.vault.seal_key)).decode()
    (tmp_path / "signers").write_text(f'slate namespaces="tac-seal-v1" ssh-ed25519 {key}\n', encoding="utf-8")
    (tmp_path / "seal.sig").write_text(made.text("signature"), encoding="utf-8")
    words = ["ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "signers"), "-I", "slate", "-n", "tac-seal-v1", "-s",
             str(tmp_path / "seal.sig")]  # fmt: skip
    checked = subprocess.run(words, input=made.text("text").encode(), capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr
    altered = subprocess.run(words, input=made.text("text").encode() + b" ", capture_output=True, check=False)
    assert altered.returncode != 0


def test_in_a_service_the_roster_says_whose_seal_it_is_also_after_she_has_left(
    worker: Desk, manager: Desk, baseline: str, tmp_path: Path
):
    acquainted(tmp_path, worker, manager)
    service.found_service(manager.vault, manager.store, "Zed Service", now=NOW)
    service.hand_out_roster(manager.store, tmp_path / "members.tacroster")
    code = service.service_of(manager.store).code
    service.join_service(worker.vault, worker.store, tmp_path / "members.tacroster", code, now=NOW)
    seal(worker, baseline)
    card = next(one.card for one in cards.trusted_cards(worker.store) if one.role == "manager")
    send(worker, card, manager, tmp_path / "sealed.tacb")
    assert [one.holds for one in seals_on(manager, baseline)] == [True]
    service.withdraw(manager.vault, manager.store, worker.vault.device_id, "left", now=LATER)
    assert [(one.holds, one.name) for one in seals_on(manager, baseline)] == [(True, "Slate Kettle")]


def test_what_was_sealed_with_a_key_holds_after_a_lost_pass_phrase_wherever_the_key_was_known(
    manager: Desk, make_desk: MakeDesk, tmp_path: Path
):
    folder, late = tmp_path / "hers", make_desk("manager")
    vault, code = vaults.create(
        folder, name="Slate Kettle", role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    desk = Desk(vault, Store(vault))
    save(desk, "mother", {"reference": "Z-001", "name": "Puce Anchor", "prison": "EP"})
    baseline = save(desk, "baseline", BASELINE, case_file=PUCE)
    acquainted(tmp_path, desk, manager)
    seal(desk, baseline)
    desk.store.close()
    vault.close()
    slot = vaults.people_of(folder)[0].id
    vault = recover_by_code(folder, code, slot, "another long pass-phrase", now=NOW, profile=CHEAPEST)
    desk = Desk(vault, Store(vault))
    try:
        seal(desk, baseline, LATER)
        assert [one.holds for one in seals_on(desk, baseline)] == [True, True]
        met = acquainted(tmp_path, desk, manager, late)  # she has a new card
        for number, other in ((1, manager), (2, late)):
            send(desk, met[number], other, tmp_path / f"{number}.tacb", now=LATER)
        assert [one.holds for one in seals_on(manager, baseline)] == [True, True]
        assert [one.holds for one in seals_on(late, baseline)] == [False, True]
        assert "may have a new card since" in seals_on(late, baseline)[0].why
    finally:
        desk.store.close()
        vault.close()
