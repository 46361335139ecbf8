"""Contact that is not allowed: refused without a reason, listed with one, and listed wherever it came from."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tac_desktop.actions.allowed_contact import outside_everywhere, stand_by
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework import forms
from tac_desktop.casework.dues import by_form, dues
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import AnswersRefused
from tests.actions.conftest import NOW, Desk, made_desks

CASE, TODAY = case_file_id("Z-001"), NOW.date().isoformat()
CALL: dict[str, Any] = {"kind": "visit_support", "child_contact": "phone", "summary": "A call."}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A vault with a mother and a child with whom a court forbids telephone calls since October."""
    folder: Path = tmp_path_factory.mktemp("allowed")
    makers = made_desks(folder)
    made = next(makers)("worker")
    save(made, "mother", reference="Z-001", name="Puce Anchor", prison="EP")
    child = save(made, "child", name="Mauve Anchor")
    save(made, "contact_permission", children=(child,), level="not_allowed", channels=("phone",), source="court_order",
         since="2026-10-01")  # fmt: skip
    yield made
    next(makers, None)


def save(desk: Desk, form: str, known_on: str = "", **answers: Any) -> str:
    case_file = "" if form == "mother" else CASE
    return save_answers(
        desk.store, desk.person, forms.ALL[form], answers=answers, now=NOW, case_file=case_file, known_on=known_on
    )


def child_of(desk: Desk) -> str:
    return desk.store.records("child", CASE)[0].id


def test_a_call_that_is_not_allowed_is_refused_at_its_question_and_nothing_is_written(desk: Desk):
    before = [entry.cid for entry in desk.store.entries(CASE)]
    with pytest.raises(AnswersRefused) as refused:
        save(desk, "contact", at="2026-11-20T16:00", children=(child_of(desk),), **CALL)
    assert list(refused.value.problems) == ["outside_permission"]
    assert "Phone calls with Mauve Anchor on 20 November 2026: not allowed (Court order)" in str(
        refused.value.problems["outside_permission"]
    )
    assert [entry.cid for entry in desk.store.entries(CASE)] == before


def test_with_a_reason_it_is_written_and_stands_in_the_list_with_what_came_from_elsewhere(desk: Desk):
    child = child_of(desk)
    told = save(desk, "contact", at="2026-11-20T16:00", children=(child,), outside_permission="The judge.", **CALL)
    brought = Change(
        record_id="0199a000-0000-7000-8000-000000000001", form="contact", version=1, stream=CASE, known_on=TODAY,
        values=to_journal(forms.ALL["contact"], {"at": "2026-11-19T16:00", "children": (child,), **CALL}),
    )  # fmt: skip
    desk.store.save([brought], author="somebody", now=NOW)
    found = run_to_end(outside_everywhere(desk.store, TODAY))
    assert [(one.name, one.child, one.found.record_id, one.found.reason) for one in found] == [
        ("Puce Anchor", "Mauve Anchor", told, "The judge."), ("Puce Anchor", "Mauve Anchor", brought.record_id, ""),
    ]  # fmt: skip


def test_standing_by_the_decisions_of_a_child_ends_what_is_due_after_a_change(desk: Desk):
    child = child_of(desk)
    over = save(desk, "contact_permission", "2026-10-01", children=(child,), level="allowed", source="la_decision",
                until="2026-10-31")  # fmt: skip
    [decision] = [one for one in desk.store.records("contact_permission", CASE) if one.id != over]
    earlier = Change(
        record_id=decision.id, form="contact_permission", version=1, stream=CASE, known_on="2026-10-01",
        values={"since": "2026-09-01"},
    )  # fmt: skip
    desk.store.save([earlier], author="somebody", now=NOW)
    assert stand_by(desk.store, desk.person, CASE, [child], now=NOW) == 1
    records = desk.store.records("contact_permission", CASE)
    assert {one.id: one.text("looked_at") for one in records} == {decision.id: TODAY, over: ""}
    save(desk, "order", order_type="care_order", children=(child,), made_on=TODAY)
    told = by_form([*records, *desk.store.records("order", CASE)])
    assert [one.task for one in dues(told) if one.task == "look_at_contact"] == []
