"""Handing over between real vaults: who gets what, what an uninvolved colleague never gets, and what both sides see."""

from datetime import timedelta

import pytest

from tac_desktop.actions import cards, exchange
from tac_desktop.actions.handing_over import end_hand_over, hand_over, handovers, open_tasks
from tac_desktop.casework.journal import Change, b64
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import (
    AnswersRefused,
    CaseNotInVault,
    CasesMustBeNamed,
    NotAllowed,
    RecipientNotAllowed,
    RecipientUnknown,
    SenderNotAllowed,
    UnknownRecord,
)
from tac_desktop.export.bundle.reader import BundleReader
from tests.actions.between_vaults import NOW, acquainted, result_of, save, send

LATER = NOW + timedelta(days=1)
PUCE, TEAL = case_file_id("Z-001"), case_file_id("Z-002")


def mother(desk, reference="Z-001", name="Puce Anchor", **more):
    return save(desk, "mother", {"reference": reference, "name": name, "prison": "EP", **more})


def renamed(desk, name, now=NOW):
    before = desk.store.record(PUCE)
    save(desk, "mother", {**before.answers, "known_as": name}, record_id=PUCE, now=now)


def give(desk, card, case_file=PUCE, *, kind="transfer", **how):
    return hand_over(desk.vault, desk.store, case_file, card, kind=kind, **{"now": NOW, **how})


def states(desk, today=""):
    return [one.state for one in handovers(desk.vault, desk.store, today=today)]


def streams_in(path, reader):
    with BundleReader(path, cards.identity_of(reader.vault), cards.judge_of(reader.vault, reader.store)) as bundle:
        return {stretch.stream for stretch in bundle.stretches}


@pytest.fixture
def three(make_desk, tmp_path):
    """Two workers of whom one has two case files, a third who has nothing to do with it, and their cards."""
    desks = [make_desk("worker") for _ in range(3)]
    mother(desks[0])
    mother(desks[0], reference="Z-002", name="Teal Ladder")
    return [*desks, *acquainted(tmp_path, *desks)]


# --- who gets what ---


def test_one_case_file_goes_to_a_colleague_and_nothing_of_it_to_a_third(three, tmp_path):
    ann, ben, cem, _, to_ben, to_cem = three
    give(ann, to_ben)
    save(ann, "contact", {"at": "2026-11-20T10:00", "kind": "phone", "summary": "A call."}, case_file=TEAL)
    brought = send(ann, to_ben, ben, tmp_path / "b")
    assert (brought.new, brought.handovers) == (2, 1)
    assert [record.id for record in ben.store.records("mother")] == [PUCE]
    assert streams_in(tmp_path / "b", ben) == {PUCE}
    give(ann, to_cem, TEAL)
    send(ann, to_cem, cem, tmp_path / "c")
    assert streams_in(tmp_path / "c", cem) == {TEAL}
    assert [record.id for record in cem.store.records("mother")] == [TEAL]
    with pytest.raises(CasesMustBeNamed):
        send(ben, to_cem, cem, tmp_path / "d")
    assert not (tmp_path / "d").exists()


def test_after_a_hand_over_both_edit_and_both_see_that_they_differ(three, tmp_path):
    ann, ben, _, to_ann, to_ben, _ = three
    give(ann, to_ben)
    send(ann, to_ben, ben, tmp_path / "b")
    renamed(ann, "Annie")
    renamed(ben, "Nan")
    send(ann, to_ben, ben, tmp_path / "b", now=LATER)
    send(ben, to_ann, ann, tmp_path / "b", now=LATER)
    for desk in (ann, ben):
        (conflict,) = desk.store.contradictions.found(PUCE)
        assert {answer.value for answer in conflict.answers} == {"Annie", "Nan"}
    assert ann.store.record(PUCE) == ben.store.record(PUCE)


def test_the_whole_case_file_goes_with_its_history_and_its_files(three, tmp_path):
    ann, ben, _, _, to_ben, _ = three
    letter = ann.store.attach([b"a letter" * 1000])
    save(
        ann,
        "contact",
        {"at": "2026-11-20T10:00", "kind": "letter", "summary": "It came.", "letter": letter},
        case_file=PUCE,
    )
    renamed(ann, "Annie")
    give(ann, to_ben)
    send(ann, to_ben, ben, tmp_path / "b")
    for form in ("mother", "contact", "handover"):
        assert ben.store.records(form, PUCE) == ann.store.records(form, PUCE)
    assert len(ben.store.history(PUCE)) == len(ann.store.history(PUCE)) == 2
    assert b"".join(ben.store.attachment(letter)) == b"a letter" * 1000


def test_what_was_handed_over_may_be_handed_on_and_reaches_all_three(three, tmp_path):
    ann, ben, cem, to_ann, to_ben, to_cem = three
    give(ann, to_ben)
    send(ann, to_ben, ben, tmp_path / "b")
    give(ben, to_cem)
    send(ben, to_cem, cem, tmp_path / "b")
    renamed(cem, "Cemmie", LATER)
    send(cem, to_ben, ben, tmp_path / "b", now=LATER)
    send(ben, to_ann, ann, tmp_path / "b", now=LATER)
    assert ann.store.record(PUCE).text("known_as") == "Cemmie"
    send(cem, to_ann, ann, tmp_path / "b", now=LATER)
    assert [desk.store.record(PUCE).text("known_as") for desk in (ann, ben, cem)] == ["Cemmie"] * 3


def test_a_cover_ends_with_its_day_and_then_nothing_new_goes(three, tmp_path):
    ann, ben, _, _, to_ben, _ = three
    give(ann, to_ben, kind="cover", until="2026-11-22")
    send(ann, to_ben, ben, tmp_path / "b")
    save(ann, "contact", {"at": "2026-11-20T10:00", "kind": "phone", "summary": "A call."}, case_file=PUCE)
    assert states(ann, "2026-11-22") == ["sent"]
    assert states(ann, "2026-11-23") == ["ended"]
    with pytest.raises(CasesMustBeNamed):
        send(ann, to_ben, ben, tmp_path / "c", now=NOW + timedelta(days=2))
    assert send(ann, to_ben, ben, tmp_path / "b", now=LATER).new == 1


def test_who_has_it_as_a_cover_gives_it_back(three, tmp_path):
    ann, ben, _, to_ann, to_ben, _ = three
    made = give(ann, to_ben, kind="cover")
    send(ann, to_ben, ben, tmp_path / "b")
    renamed(ben, "Nan")
    end_hand_over(ben.vault, ben.store, made, now=LATER)
    assert states(ben) == ["ended"]
    send(ben, to_ann, ann, tmp_path / "b", now=LATER)
    assert states(ann) == ["ended"]
    assert ann.store.record(PUCE).text("known_as") == "Nan"
    with pytest.raises(CasesMustBeNamed):
        send(ann, to_ben, ben, tmp_path / "c", now=LATER)


def test_to_name_a_case_file_for_a_colleague_is_to_share_it_until_that_is_ended(three, tmp_path):
    ann, ben, _, _, to_ben, _ = three
    send(ann, to_ben, ben, tmp_path / "b", cases=[PUCE])
    (one,) = handovers(ann.vault, ann.store)
    assert (one.kind, one.until, one.given_by, one.name) == ("cover", "", "Slate Kettle", "Slate Kettle")
    send(ann, to_ben, ben, tmp_path / "b", cases=[PUCE])
    assert len(handovers(ann.vault, ann.store)) == 1, "she has it already"
    assert send(ann, to_ben, ben, tmp_path / "b").new == 0


def test_a_naming_that_came_to_nothing_is_taken_back(three, tmp_path):
    ann, ben, _, _, to_ben, _ = three
    job = exchange.write_bundle(ann.vault, ann.store, to_ben, tmp_path / "b", now=NOW, cases=[PUCE])
    next(job)
    job.close()
    assert not (tmp_path / "b").exists()
    assert states(ann) == ["ended"]
    with pytest.raises(CasesMustBeNamed):
        send(ann, to_ben, ben, tmp_path / "b")


# --- the attack with a guessed case reference ---


def test_a_guessed_reference_opens_nothing_of_the_one_who_has_the_case(three, tmp_path):
    ann, curious, cem, to_ann, to_curious, to_cem = three
    mother(curious, name="Guessed")
    for target in (to_ann, to_cem):
        hand_over(curious.vault, curious.store, PUCE, target, kind="transfer", now=NOW)
    send(curious, to_ann, ann, tmp_path / "b")
    own = Change(
        record_id=case_file_id("a record"), form="handover", version=1, stream=PUCE, op="grant", known_on="2026-11-21",
        values={"device": b64(curious.vault.device_id), "name": "x", "kind": "transfer", "from_day": "2026-11-21"},
    )  # fmt: skip
    curious.store.save([own], author=curious.person.id, now=NOW)
    send(curious, to_ann, ann, tmp_path / "b")
    send(curious, to_cem, cem, tmp_path / "b")
    give(ann, to_cem)
    send(ann, to_cem, cem, tmp_path / "b")
    for sender in (ann, cem):
        with pytest.raises(CasesMustBeNamed):
            send(sender, to_curious, curious, tmp_path / "c")
    assert not (tmp_path / "c").exists()
    assert [one.device for one in handovers(ann.vault, ann.store)] == [cem.vault.device_id]


def test_a_guessed_reference_opens_nothing_at_the_manager_either(make_desk, tmp_path):
    ann, curious, accomplice, manager = *(make_desk("worker") for _ in range(3)), make_desk("manager")
    to_ann, to_curious, to_accomplice, to_manager = acquainted(tmp_path, ann, curious, accomplice, manager)
    mother(curious, name="Guessed")
    hand_over(curious.vault, curious.store, PUCE, to_ann, kind="transfer", now=NOW)
    hand_over(curious.vault, curious.store, PUCE, to_accomplice, kind="transfer", now=NOW)
    mother(ann)
    for sender in (curious, ann):
        send(sender, to_manager, manager, tmp_path / "b")
    for card in (to_curious, to_accomplice, to_ann):
        with pytest.raises(CasesMustBeNamed):
            result_of(exchange.write_bundle(manager.vault, manager.store, card, tmp_path / "c", now=NOW))
    found = result_of(
        exchange.write_bundle(manager.vault, manager.store, to_ann, tmp_path / "c", now=NOW, cases=[PUCE])
    )
    assert found.case_files == 1, "a person who may has decided"
    with pytest.raises(CasesMustBeNamed):
        result_of(exchange.write_bundle(manager.vault, manager.store, to_curious, tmp_path / "d", now=NOW))


def test_who_opened_a_case_file_gets_it_back_from_the_manager_whatever_others_wrote_in_it(make_desk, tmp_path):
    ann, curious, manager = make_desk("worker"), make_desk("worker"), make_desk("manager")
    to_ann, to_curious, to_manager = acquainted(tmp_path, ann, curious, manager)
    mother(ann)
    written = Change(
        record_id=case_file_id("a record"), form="contact", version=1, stream=PUCE, known_on="2026-11-21",
        values={"at": "2026-11-20T10:00", "kind": "phone"},
    )  # fmt: skip
    curious.store.save([written], author=curious.person.id, now=NOW)
    for sender in (ann, curious):
        send(sender, to_manager, manager, tmp_path / "b")
    assert send(manager, to_ann, ann, tmp_path / "b").new == 1
    with pytest.raises(CasesMustBeNamed):
        send(manager, to_curious, curious, tmp_path / "b")


def test_case_files_that_need_a_word_are_told(make_desk, tmp_path):
    ann, curious, manager = make_desk("worker"), make_desk("worker"), make_desk("manager")
    _, to_curious, to_manager = acquainted(tmp_path, ann, curious, manager)
    mother(ann)
    mother(curious, name="Guessed")
    mother(curious, reference="Z-002")
    for sender in (ann, curious):
        send(sender, to_manager, manager, tmp_path / "b")
    written = result_of(
        exchange.write_bundle(manager.vault, manager.store, to_curious, tmp_path / "c", now=NOW, basis="all")
    )
    assert (written.case_files, written.unnamed) == (1, 1)
    assert streams_in(tmp_path / "c", curious) == {TEAL}


# --- what both sides see ---


def test_both_sides_see_where_a_hand_over_stands(three, tmp_path):
    ann, ben, _, to_ann, to_ben, _ = three
    give(ann, to_ben, reason="She was moved to your prison.")
    assert states(ann) == ["offered"]
    send(ann, to_ben, ben, tmp_path / "b")
    assert states(ann) == ["sent"]
    (there,) = handovers(ben.vault, ben.store)
    assert (there.state, there.received, there.reason) == ("taken_over", True, "She was moved to your prison.")
    send(ben, to_ann, ann, tmp_path / "b")
    (here,) = handovers(ann.vault, ann.store, PUCE)
    assert (here.state, here.received) == ("taken_over", False)


def test_a_manager_sees_it_too_from_what_the_receiver_sends(make_desk, tmp_path):
    ann, ben, manager = make_desk("worker"), make_desk("worker"), make_desk("manager")
    _, to_ben, to_manager = acquainted(tmp_path, ann, ben, manager)
    mother(ann)
    give(ann, to_ben)
    send(ann, to_manager, manager, tmp_path / "b")
    assert states(manager) == ["offered"]
    send(ann, to_ben, ben, tmp_path / "b")
    renamed(ben, "Nan")
    send(ben, to_manager, manager, tmp_path / "b")
    assert states(manager) == ["taken_over"]


def test_what_is_still_to_be_done_is_listed_with_it(three):
    ann, _, _, _, to_ben, _ = three
    save(ann, "referral", {"date": "2026-10-30", "source": "self"}, case_file=PUCE)
    save(ann, "hearing", {"at": "2026-12-03T10:00", "hearing_type": "final"}, case_file=PUCE)
    save(ann, "hearing", {"at": "2026-01-03T10:00"}, case_file=PUCE)
    call = {"at": "2026-11-20T10:00", "kind": "phone", "summary": "A call.", "follow_up_by": "2026-11-24"}
    save(ann, "contact", call, case_file=PUCE)
    told = open_tasks(ann.store, PUCE, "2026-11-21")
    assert [words.replace("\xa0", " ") for words in told] == [
        "Follow up a contact, due 24 November 2026", "Hearing: prepare, then write it up, due 26 November 2026",
        "First meeting, due 27 November 2026", "Final hearing on 3 December 2026",
    ]  # fmt: skip
    give(ann, to_ben)
    assert list(handovers(ann.vault, ann.store)[0].open_tasks) == told


def test_what_a_third_writes_over_a_hand_over_changes_nothing_of_it(three, tmp_path):
    ann, ben, cem, to_ann, to_ben, to_cem = three
    made = give(ann, to_ben, reason="She was moved.")
    give(ann, to_cem)
    for card, desk in ((to_ben, ben), (to_cem, cem)):
        send(ann, card, desk, tmp_path / "b")
    before = {one.record_id: one for one in handovers(ben.vault, ben.store)}[made]
    meddled = {"name": "Somebody else", "reason": "x", "until": "2020-01-01", "ended": "2026-11-21"}
    change = Change(record_id=made, form="handover", version=1, stream=PUCE, values=meddled, known_on="2026-11-21")
    cem.store.save([change], author=cem.person.id, now=NOW)
    assert send(cem, to_ann, ann, tmp_path / "c", now=LATER).changed == 1
    assert send(ann, to_ben, ben, tmp_path / "d", now=LATER).changed == 1
    assert {one.record_id: one for one in handovers(ben.vault, ben.store)}[made] == before
    renamed(ann, "Annie", LATER)
    assert send(ann, to_ben, ben, tmp_path / "d", now=LATER).changed == 1


# --- who may, and what cannot stand ---


def test_what_cannot_be_handed_over_is_refused_and_nothing_is_written(three, make_desk, tmp_path):
    ann, _, _, to_ann, to_ben, _ = three
    admin = make_desk("admin")
    (_, to_admin), stranger = acquainted(tmp_path, ann, admin), make_desk("worker")
    cards.hand_out_card(stranger.vault, tmp_path / "s", now=NOW)
    for card, trouble in (
        (to_admin, RecipientNotAllowed), (cards.read_card_file(tmp_path / "s"), RecipientUnknown),
        (to_ann, RecipientUnknown),
    ):  # fmt: skip
        with pytest.raises(trouble, match="Nothing was"):
            give(ann, card)
    with pytest.raises(CaseNotInVault):
        give(ann, to_ben, case_file_id("Z-999"))
    with pytest.raises(CaseNotInVault):
        give(ann, to_ben, ann.store.terminal_stream)
    with pytest.raises(NotAllowed):
        give(admin, to_ben)
    for how in ({"kind": "transfer", "until": "2026-12-01"}, {"kind": "cover", "until": "2026-11-20"},
                {"kind": "cover", "until": "soon"}, {"kind": "loan"}, {"reason": "a\x00b"}):  # fmt: skip
        with pytest.raises(AnswersRefused):
            give(ann, to_ben, **how)
    assert ann.store.records("handover") == []


def test_only_who_has_to_do_with_a_hand_over_ends_it(make_desk, tmp_path):
    ann, ben, cem = (make_desk("worker") for _ in range(3))
    _, to_ben, to_cem = acquainted(tmp_path, ann, ben, cem)
    mother(ann)
    first, second = give(ann, to_ben), give(ann, to_cem)
    send(ann, to_ben, ben, tmp_path / "b")
    with pytest.raises(NotAllowed):
        end_hand_over(ben.vault, ben.store, second, now=NOW)
    with pytest.raises(UnknownRecord):
        end_hand_over(ben.vault, ben.store, PUCE, now=NOW)
    end_hand_over(ben.vault, ben.store, first, now=NOW)
    assert {one.record_id: one.state for one in handovers(ben.vault, ben.store)} == {first: "ended", second: "offered"}


def test_a_hand_over_by_whom_the_roster_does_not_let_is_refused(make_desk, tmp_path):
    from tac_desktop.actions import service

    manager, worker = make_desk("manager"), make_desk("worker")
    (to_manager, _), _ = (
        acquainted(tmp_path, manager, worker),
        service.found_service(manager.vault, manager.store, "Zed Service", now=NOW),
    )
    mother(worker)
    own = Change(
        record_id=case_file_id("a record"), form="handover", version=1, stream=PUCE, op="grant", known_on="2026-11-21",
        values={"device": b64(manager.vault.device_id), "name": "x", "kind": "transfer", "from_day": "2026-11-21"},
    )  # fmt: skip
    worker.store.save([own], author=worker.person.id, now=NOW)
    service.change_rights(manager.vault, manager.store, worker.vault.device_id, ["sync"], now=NOW)
    result_of(exchange.write_bundle(worker.vault, worker.store, to_manager, tmp_path / "b", now=NOW))
    with pytest.raises(SenderNotAllowed, match="Nothing was changed"):
        result_of(exchange.import_bundle(manager.vault, manager.store, tmp_path / "b", now=NOW))
    assert manager.store.records("mother") == []
