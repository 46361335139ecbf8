"""A return is sent under a seal that covers how the case stood; what is said of that day later is told."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tac_desktop.actions import seals
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.removing import remove
from tac_desktop.actions.same_woman import join_cases, joined_in, part_cases
from tac_desktop.actions.tracker_returns import send, standing
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answers
from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.sealing import read_seal_text
from tac_desktop.errors import NotAllowed, SealedAlready
from tests.actions.between_vaults import acquainted
from tests.actions.between_vaults import send as deliver
from tests.actions.conftest import NOW, Desk, MakeDesk, made_desks

CASE = case_file_id("T-1")
DAY = "2026-11-10"
MOTHER = {"reference": "T-1", "name": "Umber Spindle", "prison": "EP"}
RETURN = {"tracker_form": "follow_up", "period_to": DAY}


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDesk]:
    yield from made_desks(tmp_path_factory.mktemp("returns"))


@pytest.fixture
def desk(make: MakeDesk) -> Desk:
    made = make("worker")
    put(made, "mother", MOTHER, case_file="", known_on="2026-01-01")
    return made


def put(desk: Desk, form: str, answers: Answers, record_id: str = "", case_file: str = CASE, known_on: str = "") -> str:
    return save_answers(
        desk.store, desk.person, forms.ALL[form], answers=answers, record_id=record_id, case_file=case_file,
        known_on=known_on, now=NOW,
    )  # fmt: skip


def sent(desk: Desk) -> str:
    made = put(desk, "tracker_return", RETURN)
    send(desk.vault, desk.store, desk.person, made, now=NOW)
    return made


def test_a_seal_under_a_return_covers_how_the_case_stood_and_tells_what_was_said_of_that_day_later(desk: Desk):
    child = put(desk, "child", {"name": "Mauve Anchor"}, known_on="2026-11-01")
    put(desk, "challenge", {"challenge": "acct"}, known_on="2026-11-20")  # known after the day
    record = sent(desk)
    (seal,) = desk.store.records("seal", CASE)
    said = read_seal_text(seal.text("text"))
    assert said.state_of == DAY
    assert set(said.rests_on) == {entry.cid for one in (CASE, child) for entry in desk.store.history(one)}
    assert desk.store.record(record).text("sent") == NOW.date().isoformat()

    def told() -> tuple[bool, int, int]:
        (shown,) = seals.seals_on(desk.vault, desk.store, record)
        return shown.holds, shown.changed_since, shown.state_since

    assert told() == (True, 0, 0)
    put(desk, "child", {"name": "Mauve Anchor-Reed"}, child)
    assert told() == (True, 0, 0)  # news of today: the state of that day is as it was
    put(desk, "child", {"name": "Teal Anchor"}, known_on="2026-11-05")
    assert told() == (True, 0, 1)
    put(desk, "contact", {"at": "2026-11-09T10:00", "kind": "phone", "summary": "She rang."}, known_on="2026-11-09")
    assert told() == (True, 0, 1)  # contacts are counted beside the form


def test_what_was_sent_stays_as_it_was_sent(desk: Desk):
    record = sent(desk)
    entries = [one.cid for one in desk.store.history(record)]
    with pytest.raises(SealedAlready):
        send(desk.vault, desk.store, desk.person, record, now=NOW + timedelta(days=3))
    assert [one.cid for one in desk.store.history(record)] == entries
    assert len(desk.store.records("seal", CASE)) == 1


def test_the_seal_holds_in_another_vault_once_all_that_it_covers_is_there(desk: Desk, make: MakeDesk, tmp_path: Path):
    put(desk, "child", {"name": "Mauve Anchor"}, known_on="2026-11-01")
    record, other = sent(desk), make("manager")
    deliver(desk, acquainted(tmp_path, desk, other)[1], other, tmp_path / "sent.tacb")
    (shown,) = seals.seals_on(other.vault, other.store, record)
    assert (shown.holds, shown.state_of, shown.state_since, shown.why) == (True, DAY, 0, "")
    (seal,) = other.store.records("seal", CASE)
    assert json.loads(seal.text("text"))["v"] == 2


def test_the_seal_covers_both_case_files_of_a_woman_and_holds_after_they_are_parted(desk: Desk):
    second = put(desk, "mother", MOTHER | {"reference": "T-2"}, case_file="", known_on="2026-01-01")
    child = put(desk, "child", {"name": "Mauve Anchor"}, case_file=second, known_on="2026-11-01")
    join_cases(desk.store, desk.person, CASE, second, first=CASE, reason="Her number.", now=NOW)
    record = sent(desk)

    def told() -> tuple[bool, int]:
        (shown,) = seals.seals_on(desk.vault, desk.store, record)
        return shown.holds, shown.state_since

    assert told() == (True, 0)
    put(desk, "child", {"name": "Teal Anchor"}, child, case_file=second, known_on="2026-11-05")
    assert told() == (True, 1)
    (said,) = joined_in(desk.store, CASE)
    part_cases(desk.store, desk.person, said.record_id, reason="Another woman.", now=NOW)
    assert told() == (True, 0)


def test_what_is_no_return_is_not_sent_and_is_sealed_by_itself_as_before(make: MakeDesk):
    desk = make("manager")
    put(desk, "mother", MOTHER, case_file="")
    made = put(desk, "assessment", {"title": "First assessment"})
    with pytest.raises(NotAllowed):
        send(desk.vault, desk.store, desk.person, made, now=NOW)
    seals.seal_record(desk.vault, desk.store, desk.person, made, now=NOW)
    (seal,) = desk.store.records("seal", CASE)
    assert json.loads(seal.text("text"))["v"] == 1


def test_what_changed_is_reckoned_from_what_was_known_on_either_day(desk: Desk):
    put(desk, "tracker_return", {"tracker_form": "baseline", "received": "2026-03-01"})
    child = put(desk, "child", {"name": "Mauve Anchor"}, known_on="2026-02-01")
    lost = put(desk, "challenge", {"challenge": "acct"}, known_on="2026-02-01")
    put(desk, "child", {"name": "Mauve Anchor", "known_as": "Mo"}, child, known_on="2026-05-01")
    order = {"order_type": "care_order", "children": (child,), "made_on": "2026-09-01"}
    put(desk, "order", order, known_on="2026-09-02")
    remove(desk.store, desk.person, lost, "Not hers.", now=NOW)
    for at, kind in (("2026-03-01", "phone"), ("2026-03-02", "phone"), ("2026-11-21", "contact_attempt")):
        put(desk, "contact", {"at": f"{at}T09:00", "kind": kind, "summary": "She rang."})
    found = standing(desk.store, CASE, day=NOW.date().isoformat())
    assert found.since == "2026-03-01"
    told = {change.form: change.words for change in found.changes}
    assert told["child"].endswith("Known as: Mo")
    assert told["order"].startswith("Care order · Mauve Anchor")
    assert told["challenge"].startswith("Removed: ACCT")
    assert told["contact"] == "1 contact and 1 attempt without success"
    put(desk, "hearing", {"at": "2026-12-10T10:00"}, known_on="2026-05-20")
    earlier = standing(desk.store, CASE, day="2026-06-01")
    assert {change.form for change in earlier.changes} == {"child", "contact", "hearing"}
    state = {row.heading: row.lines for row in earlier.state}
    assert state["Challenges"][0].startswith("ACCT")
    assert state["Orders"] == ()
    assert state["Court"] == ("Next hearing: 10 December 2026",)
    assert standing(desk.store, CASE, day="2026-02-15").changes == []


def test_a_letter_that_is_new_is_told_with_the_child_to_whom_it_goes(desk: Desk):
    put(desk, "tracker_return", {"tracker_form": "baseline", "received": "2026-03-01"})
    child = put(desk, "child", {"name": "Mauve Anchor"}, known_on="2026-02-01")
    agreement = put(desk, "letterbox_agreement", {"child": child}, known_on="2026-02-01")
    letter = {"agreement": agreement, "direction": "from_mother", "month": "2026-04"}
    put(desk, "letterbox_letter", letter, known_on="2026-04-20")
    changes = standing(desk.store, CASE, day=NOW.date().isoformat()).changes
    [told] = [change.words for change in changes if change.form == "letterbox_letter"]
    assert "Mauve Anchor" in told
    assert "not here" not in told
