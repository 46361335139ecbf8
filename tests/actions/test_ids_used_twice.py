"""An id that somebody uses once more, for a record of another kind or in another case file, hides nothing."""

import pytest

from tac_desktop.actions import reading
from tac_desktop.actions.handing_over import hand_over
from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import case_file_id
from tests.actions.between_vaults import NOW, acquainted, save, send

PUCE, TEAL = case_file_id("Z-001"), case_file_id("Z-002")


@pytest.mark.parametrize("stream", [TEAL, PUCE])
def test_who_guesses_a_reference_cannot_put_another_record_in_the_place_of_the_mother_s(make_desk, tmp_path, stream):
    hostile, worker, manager = make_desk("worker"), make_desk("worker"), make_desk("manager")
    _, to_worker, to_manager = acquainted(tmp_path, hostile, worker, manager)
    squat = Change(
        record_id=PUCE, form="contact", version=1, stream=stream, known_on="2026-11-20",
        values={"at": "2026-11-20T10:00", "kind": "phone", "summary": "x"},
    )  # fmt: skip
    hostile.store.save([squat], author=hostile.person.id, now=NOW)
    save(hostile, "mother", {"reference": "Z-002", "name": "Teal Box", "prison": "EP"})
    send(hostile, to_manager, manager, tmp_path / "a", cases=None if stream == TEAL else [PUCE])
    save(worker, "mother", {"reference": "Z-001", "name": "Puce Anchor", "prison": "EP"})
    send(worker, to_manager, manager, tmp_path / "b")
    shown = reading.record_of(manager.store, manager.person, PUCE)
    assert (shown.form, shown.case_file, shown.text("name")) == ("mother", PUCE, "Puce Anchor")
    told = {change.field for change in reading.history_of(manager.store, manager.person, PUCE)}
    assert told == {"reference", "name", "prison"}
    answers = {"reference": "Z-001", "name": "Puce Anchor", "prison": "EP", "known_as": "Pip"}
    save(manager, "mother", answers, record_id=PUCE)
    assert manager.store.record(PUCE).text("known_as") == "Pip"
    assert hand_over(manager.vault, manager.store, PUCE, to_worker, kind="cover", now=NOW)


def test_who_takes_the_id_of_a_record_for_one_in_another_case_file_hides_nothing(make_desk, tmp_path):
    hostile, worker, manager, other = (make_desk(role) for role in ("worker", "worker", "manager", "manager"))
    _, _, to_manager, to_other = acquainted(tmp_path, hostile, worker, manager, other)
    save(worker, "mother", {"reference": "Z-001", "name": "Puce Anchor", "prison": "EP"})
    call = {"at": "2026-11-20T10:00", "kind": "phone", "summary": "She rang her son."}
    contact = save(worker, "contact", call, case_file=PUCE)
    save(hostile, "mother", {"reference": "Z-002", "name": "Teal Box", "prison": "EP"})
    squat = Change(
        record_id=contact, form="contact", version=1, stream=TEAL, known_on="2026-11-20",
        values={**call, "summary": "It never was."},
    )  # fmt: skip
    hostile.store.save([squat], author=hostile.person.id, now=NOW)
    for card, receiver, order in ((to_manager, manager, (hostile, worker)), (to_other, other, (worker, hostile))):
        for sender in order:
            send(sender, card, receiver, tmp_path / "b", cases=[TEAL if sender is hostile else PUCE])
    for desk in (manager, other):
        for case_file, summary in ((PUCE, "She rang her son."), (TEAL, "It never was.")):
            found = {"form": "contact", "case_file": case_file}
            assert reading.record_of(desk.store, desk.person, contact, **found).text("summary") == summary
            changes = reading.history_of(desk.store, desk.person, contact, **found)
            assert summary in {change.after for change in changes}
    save(other, "contact", {**call, "summary": "And her mother."}, case_file=PUCE, record_id=contact)
    save(manager, "contact", {**call, "summary": "Still not."}, case_file=TEAL, record_id=contact)
    assert manager.store.record(contact).case_file == other.store.record(contact).case_file, "in one order everywhere"
