"""The last save is undone whole or not at all; what was removed lies in the recycle bin and comes back."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tac_desktop.actions import addenda, seals, vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.comments import comment
from tac_desktop.actions.contact_log import ContactWith, log_contacts
from tac_desktop.actions.reading import history_of
from tac_desktop.actions.removing import bring_back, linked_to, may_be_removed, remove, removed
from tac_desktop.actions.undoing import last_save, undo_last_save
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answers, Declined, NotKnown
from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import Record, case_file_id, derived_id
from tac_desktop.errors import (
    AnswersRefused,
    CaseRestricted,
    NotAllowed,
    NothingToUndo,
    NotRemovable,
    SealedAlready,
    UnknownRecord,
    WrittenSince,
)
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tests.actions.conftest import NOW, PASSPHRASE, Desk, MakeDesk, made_desks

CASE = case_file_id("T-1")
CHALLENGE = forms.ALL["challenge"]
DAYS = ("2026-11-01", "2026-11-05", "2026-11-10", "2026-11-21")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    for make in made_desks(tmp_path_factory.mktemp("undoing")):
        made = make("worker")
        put(made, "mother", {"reference": "T-1", "name": "Umber Spindle", "prison": "EP"}, case_file="")
        yield made


def put(desk: Desk, form: str, answers: Answers, record_id: str = "", case_file: str = CASE, **how) -> str:
    return save_answers(
        desk.store, desk.person, forms.ALL[form], answers=answers, record_id=record_id, case_file=case_file,
        **{"now": NOW} | how,
    )  # fmt: skip


def undo(desk: Desk) -> None:
    undo_last_save(desk.store, desk.person, now=NOW)


def take_out(desk: Desk, record: str, reason: str = "Written twice.") -> None:
    remove(desk.store, desk.person, record, reason, now=NOW)


def bin_of(desk: Desk) -> dict[str, str]:
    return {one.record.id: one.reason for one in removed(desk.store, desk.person, CASE)}


def as_known(store: Store, record_id: str) -> list[tuple[object, object]]:
    """Return the answers and the contradictions of a record as they were known on each day, and as they stand."""
    found = [[one for one in store.records("order", CASE, day) if one.id == record_id] for day in DAYS]
    stands = store.record(record_id)
    assert stands is not None
    return [(dict(one.answers), one.conflicts) for several in (*found, [stands]) for one in several or [NOTHING]]


NOTHING = Record(id="", form="order", version=1, case_file=CASE, stream=CASE, answers={})
ANSWERS = st.fixed_dictionaries(
    {"order_type": st.sampled_from(["care_order", "interim_care_order"])},
    optional={
        "court": st.sampled_from(["Bristol", "Slough", "Reading"]) | st.builds(NotKnown),
        "case_number": st.sampled_from(["A1", "B2"]) | st.builds(Declined),
        "terms": st.sampled_from(["Once a month.", "Twice a month."]),
        "ended_on": st.just("2026-12-01"),
    },
)


@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    saves=st.lists(st.tuples(ANSWERS, st.sampled_from(DAYS)), min_size=1, max_size=4), last=ANSWERS,
    day=st.sampled_from(DAYS),
)  # fmt: skip
def test_undo_after_any_save_restores_every_answer_on_every_day(desk: Desk, saves, last, day):
    record = ""
    for answers, known_on in saves:
        record = put(desk, "order", answers, record, known_on=known_on)
    before, entries = as_known(desk.store, record), len(desk.store.history(record))
    put(desk, "order", last, record, known_on=day)
    if len(desk.store.history(record)) == entries:
        return  # it stood so already
    undo(desk)
    assert as_known(desk.store, record) == before
    with pytest.raises(NothingToUndo):
        undo(desk)


def test_undo_over_a_contradiction_lets_both_answers_stand_again(desk: Desk):
    record = put(desk, "order", {"order_type": "care_order"})
    for court in ("Bristol", "Slough"):
        change = Change(
            record_id=record, form="order", version=1, stream=CASE, values={"court": court}, known_on="2026-11-20",
            instead_of="A" * 43,
        )  # fmt: skip
        desk.store.save([change], author="somebody", now=NOW)
    before = desk.store.record(record)
    assert before.conflicts == ("court",)
    put(desk, "order", {"order_type": "care_order", "court": "Reading"}, record)
    assert desk.store.record(record).conflicts == ()
    undo(desk)
    again = desk.store.record(record)
    assert (again.answers, again.conflicts) == (before.answers, before.conflicts)


def test_what_a_save_made_new_lies_in_the_recycle_bin_when_it_is_undone(desk: Desk):
    record = put(desk, "challenge", {"challenge": "acct", "recorded": "2026-11-20"})
    undo(desk)
    assert desk.store.record(record) is None
    assert bin_of(desk)[record] == "The save that made it was undone."
    bring_back(desk.store, desk.person, record, form="challenge", case_file=CASE, now=NOW)
    assert desk.store.record(record).text("recorded") == "2026-11-20"


def test_what_was_written_since_is_not_undone(desk: Desk):
    record = put(desk, "challenge", {"challenge": "acct"})
    put(desk, "challenge", {"challenge": "acct", "note": "Hers."}, record)
    other = Store(desk.vault)
    change = Change(record_id=record, form="challenge", version=1, stream=CASE, values={"recorded": "2026-11-20"},
                    known_on="2026-11-20")  # fmt: skip
    other.save([change], author="somebody", now=NOW)
    other.close()
    with pytest.raises(WrittenSince, match="Nothing was changed"):
        undo(desk)
    assert desk.store.record(record).text("note") == "Hers."


def test_only_what_a_person_filled_in_is_undone(desk: Desk):
    record = put(desk, "challenge", {"challenge": "acct"})
    comment(desk.store, desk.person, record, "Since when?", now=NOW)
    assert last_save(desk.store, desk.person) == []
    with pytest.raises(NothingToUndo):
        undo(desk)
    put(desk, "mother", {"reference": "T-2", "name": "Teal Bellows", "prison": "EP"}, case_file="")
    with pytest.raises(NothingToUndo):
        undo(desk)
    assert desk.store.record(case_file_id("T-2")) is not None


def test_a_contact_that_was_logged_with_two_women_is_undone_with_both_and_with_what_ties_them(desk: Desk):
    other = put(desk, "mother", {"reference": "T-9", "name": "Grey Ladder", "prison": "EP"}, case_file="")
    answers = {"at": "2026-11-20T10:00", "kind": "phone", "summary": "A visit was cancelled."}
    women = [ContactWith(case_file=case, answers=answers) for case in (CASE, other)]
    logged = log_contacts(desk.store, desk.person, women, now=NOW)
    assert len(desk.store.records("contact_tie")) == 2
    undo(desk)
    assert [desk.store.record(one) for one in logged.contacts] == [None, None]
    assert desk.store.records("contact_tie") == []
    for case in (CASE, other):
        assert set(logged.contacts) & {one.record.id for one in removed(desk.store, desk.person, case)}


def test_removing_is_told_and_taken_back_with_its_answers_and_by_undo(desk: Desk):
    record = put(desk, "challenge", {"challenge": "acct", "note": "Her words."})
    take_out(desk, record, "  Written in the wrong case file. ")
    assert desk.store.record(record) is None
    assert record not in [one.id for one in desk.store.records("challenge", CASE)]
    (gone,) = [one for one in removed(desk.store, desk.person, CASE) if one.record.id == record]
    assert (gone.by, gone.at[:10], gone.reason) == (desk.person.id, "2026-11-21", "Written in the wrong case file.")
    assert gone.record.text("note") == "Her words."
    undo(desk)
    assert desk.store.record(record).text("note") == "Her words."
    assert record not in bin_of(desk)
    take_out(desk, record)
    bring_back(desk.store, desk.person, record, form="challenge", case_file=CASE, now=NOW)
    undo(desk)  # of the bringing back
    assert desk.store.record(record) is None
    bring_back(desk.store, desk.person, record, form="challenge", case_file=CASE, now=NOW)
    take_out(desk, record)
    assert desk.store.record(record) is None
    with pytest.raises(UnknownRecord):
        take_out(desk, record)


def test_removing_needs_a_reason_and_what_may_be_removed(desk: Desk):
    record = put(desk, "challenge", {"challenge": "acct"})
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(AnswersRefused):
            take_out(desk, record, reason)
    with pytest.raises(NotRemovable):
        take_out(desk, CASE)
    assert [name for name in ("mother", "seal", "issued_document", "comment", "addendum", "handover", "disposal",
                              "access_request") if may_be_removed(name)] == []  # fmt: skip
    with pytest.raises(UnknownRecord):
        bring_back(desk.store, desk.person, record, form="challenge", case_file=CASE, now=NOW)


def test_who_removes_is_told_which_records_point_to_it(desk: Desk):
    child = put(desk, "child", {"name": "Mauve Anchor"})
    home = put(desk, "placement", {"child": child, "arrangement": "foster_care"})
    order = put(desk, "order", {"order_type": "care_order", "children": (child,)})
    found = linked_to(desk.store, desk.person, child, form="child", case_file=CASE)
    assert {one.id for one in found} == {home, order}
    take_out(desk, child)
    assert desk.store.record(home).text("child") == child  # comes back with it
    put(desk, "placement", {"child": child, "arrangement": "foster_care", "carer": "Grey Kettle"}, home)


def test_a_form_that_a_case_file_has_once_is_written_anew_after_it_was_removed(desk: Desk):
    first = put(desk, "baseline", {"first_meeting": "2026-11-02", "plan": "Letters."})
    take_out(desk, first)
    again = put(desk, "baseline", {"first_meeting": "2026-11-03"}, based_on={})
    assert again == first
    record = desk.store.record(first)
    assert (dict(record.answers), record.conflicts) == ({"first_meeting": "2026-11-03"}, ())
    plans = [change.after for change in history_of(desk.store, desk.person, first) if change.field == "plan"]
    assert plans == [None, "Letters."]


def test_what_is_sealed_is_changed_only_after_it_was_re_opened_with_a_reason(desk: Desk):
    record = put(desk, "tracker_return", {"tracker_form": "follow_up", "received": "2026-11-20"})
    with pytest.raises(NotAllowed):
        addenda.add(desk.store, desk.person, record, "Nothing is sealed yet.", kind="addition", now=NOW)
    seals.seal_record(desk.vault, desk.store, desk.person, record, now=NOW)
    changed = {"tracker_form": "follow_up", "received": "2026-11-20", "work_done": "Two visits."}
    with pytest.raises(SealedAlready):
        put(desk, "tracker_return", changed, record)
    with pytest.raises(SealedAlready):
        take_out(desk, record)
    assert desk.store.record(record)
    with pytest.raises(AnswersRefused):
        addenda.add(desk.store, desk.person, record, " ", kind="reopened", now=NOW)
    addenda.add(desk.store, desk.person, record, "The visit was on the 19th.", kind="correction", now=NOW)
    with pytest.raises(SealedAlready):
        put(desk, "tracker_return", changed, record)
    addenda.add(desk.store, desk.person, record, "The wrong visit was told.", kind="reopened", now=NOW)
    put(desk, "tracker_return", changed, record)
    seals.seal_record(desk.vault, desk.store, desk.person, record, now=NOW + timedelta(minutes=1))
    with pytest.raises(SealedAlready):
        put(desk, "tracker_return", changed | {"work_done": "Three."}, record)
    said = addenda.addenda_on(desk.store, record)
    assert [(one.kind, one.text) for one in said] == [
        ("correction", "The visit was on the 19th."), ("reopened", "The wrong visit was told."),
    ]  # fmt: skip


def test_what_was_sealed_in_another_window_since_is_not_undone(desk: Desk):
    record = put(desk, "tracker_return", {"tracker_form": "follow_up", "received": "2026-11-20"})
    elsewhere = Store(desk.vault)
    seals.seal_record(desk.vault, elsewhere, desk.person, record, now=NOW)
    elsewhere.close()
    with pytest.raises(SealedAlready):
        undo_last_save(desk.store, desk.person, now=NOW)
    assert desk.store.record(record)


def test_nothing_is_undone_in_a_case_file_that_was_closed_to_her_meanwhile(make_desk: MakeDesk):
    desk = make_desk("worker")
    put(desk, "mother", {"reference": "T-1", "name": "Umber Spindle", "prison": "EP"}, case_file="")
    record = put(desk, "challenge", {"challenge": "acct"})
    elsewhere = Store(desk.vault)
    closing = Change(
        record_id=derived_id("case_restriction", CASE), form="case_restriction", version=1, stream=CASE,
        known_on="2026-11-21", values={"since": "2026-11-21", "people": "somebody else", "reason": "Her sister."},
    )  # fmt: skip
    elsewhere.save([closing], author="manager", now=NOW)
    elsewhere.close()
    assert CASE in desk.store.restrictions()
    with pytest.raises(CaseRestricted):
        undo(desk)
    assert [one.id for one in desk.store.records("challenge")] == [record]


def makes_and_undoes_until_killed(folder: Path, told: int) -> None:
    """Write two challenges in one save and undo it, again and again, in a process of its own."""
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    store = Store(vault)
    for number in range(10_000):
        changes = [
            Change(record_id=derived_id(str(os.getpid()), str(number), one), form="challenge", version=1, stream=CASE,
                   values={"challenge": "acct", "note": f"{os.getpid()} {number}"}, known_on="2026-11-20")
            for one in ("a", "b")
        ]  # fmt: skip
        store.save(changes, author=vault.person.id, now=NOW)
        undo_last_save(store, vault.person, now=NOW)
        os.write(told, b".")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_killed_in_the_middle_of_undoing_both_records_are_there_or_neither(tmp_path: Path):
    vault, _ = vaults.create(
        tmp_path / "v", name="Sage Beacon", role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    store = Store(vault)
    put(Desk(vault, store), "mother", {"reference": "T-1", "name": "Umber Spindle", "prison": "EP"}, case_file="")
    store.close()
    vault.close()
    for wait in (0.0, 0.004, 0.009, 0.013):
        heard, told = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                makes_and_undoes_until_killed(tmp_path / "v", told)
            finally:
                os._exit(1)
        assert os.read(heard, 1) == b"."
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(heard)
        os.close(told)
    vault = vaults.unlock(tmp_path / "v", vaults.people_of(tmp_path / "v")[0].id, PASSPHRASE)
    store = Store(vault)
    here = [one.text("note") for one in store.records("challenge", CASE)]
    gone = [one.text("note") for one in store.records("challenge", CASE, removed=True)]
    findings = [finding for step in store.upkeep.check() for finding in step.findings]
    store.close()
    vault.close()
    assert {gone.count(note) for note in gone} == {2}
    assert {here.count(note) for note in here} <= {2}
    assert len(here) <= 2 * 4
    assert findings == []
