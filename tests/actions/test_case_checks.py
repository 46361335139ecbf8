"""What is saved is held against the rest of the case file: refused, or asked about and kept with the reason."""

from collections.abc import Iterator
from typing import Any

import pytest

from tac_desktop.actions.answers import refuse_answer, save_answers
from tac_desktop.actions.comments import comments_on
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.record import derived_id
from tac_desktop.errors import AnswersDoubted, AnswersImpossible, AnswersRefused
from tests.actions.conftest import NOW, Desk, made_desks

REASON = "By turns: with her on school days."
HOME = {"arrangement": "foster_care", "from_date": "2025-01-06"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    for make in made_desks(tmp_path_factory.mktemp("desks")):
        yield make("worker")


@pytest.fixture
def case(desk: Desk) -> str:
    number = len(desk.store.records("mother")) + 1
    return put(desk, "", "mother", reference=f"Z-{number:03}", name="Puce Anchor", prison="EP")


@pytest.fixture
def child(desk: Desk, case: str) -> str:
    return put(desk, case, "child", name="Teal Anchor", date_of_birth="2021-05-04")


def put(desk: Desk, case: str, form: str, /, **answers: Any) -> str:
    told = {name: answers.pop(name) for name in ("reasons", "record_id") if name in answers}
    return save_answers(desk.store, desk.person, forms.ALL[form], answers=answers, now=NOW, case_file=case, **told)


def arrived(desk: Desk, case: str, form: str, **answers: Any) -> str:
    """A record as a colleague or a workbook brings it: nobody asked about it here."""
    made = derived_id(case, form, *map(str, answers.values()))
    values = to_journal(forms.ALL[form], answers)
    change = Change(record_id=made, form=form, version=1, stream=case, values=values, known_on="2026-01-01")
    desk.store.save([change], author=desk.person.id, now=NOW)
    return made


def test_what_cannot_be_is_refused_by_a_sentence_at_its_question_and_the_error_names_nobody(desk, case, child):
    with pytest.raises(AnswersImpossible) as refused:
        put(desk, case, "placement", child=child, from_date="2020-01-01", arrangement="foster_care")
    assert refused.value.problems == {"from_date": "Teal Anchor was born on 4 May 2021, after this day."}
    assert "Teal" not in str(refused.value)
    assert desk.store.records("placement", case) == []


def test_what_is_unlikely_is_asked_about_and_saved_with_the_reason_as_a_comment(desk, case, child):
    first = put(desk, case, "placement", child=child, **HOME)
    wanted = {"child": child, "arrangement": "family_kinship", "from_date": "2025-06-01"}
    for reasons in ({}, {"from_date": "  "}, {"child": REASON}, {"from_date": "\x00"}):
        with pytest.raises(AnswersDoubted) as asked:
            put(desk, case, "placement", **wanted, reasons=reasons)
        assert list(asked.value.problems) == ["from_date"]
    assert [one.id for one in desk.store.records("placement", case)] == [first]
    made = put(desk, case, "placement", **wanted, reasons={"from_date": f" {REASON} "})
    [said] = comments_on(desk.store, made)
    assert said.text.startswith("Two homes at once")
    assert said.text.endswith(f"\n\n{REASON}")


def test_what_stood_so_already_keeps_nobody_from_changing_something_else(desk, case, child):
    put(desk, case, "placement", child=child, **HOME)
    odd = arrived(desk, case, "placement", child=child, from_date="2019-01-01", arrangement="adopted")
    stands = {"child": child, "from_date": "2019-01-01", "arrangement": "adopted"}
    assert put(desk, case, "placement", **stands, note="Told by the authority.", record_id=odd) == odd
    with pytest.raises(AnswersImpossible):
        put(desk, case, "placement", **{**stands, "from_date": "2018-01-01"}, record_id=odd)
    with pytest.raises(AnswersDoubted):
        put(desk, case, "placement", **{**stands, "from_date": "2025-02-01"}, record_id=put(
            desk, case, "placement", child=child, from_date="2024-01-01", to_date="2024-02-01"
        ))  # fmt: skip


def test_whoever_decides_between_two_answers_is_held_to_what_can_be_and_not_asked_again(desk, case, child):
    made = put(desk, case, "placement", child=child, **HOME)
    put(desk, case, "placement", child=child, from_date="2026-01-01", arrangement="adopted",
        reasons={"from_date": REASON})  # fmt: skip
    home = desk.store.record(made)
    refuse_answer(desk.store, home, "to_date", "2026-02-01", "2026-11-21")
    with pytest.raises(AnswersRefused) as refused:
        refuse_answer(desk.store, home, "from_date", "2020", "2026-11-21")
    assert refused.value.problems == {"from_date": "Teal Anchor was born on 4 May 2021, after this day."}


def test_two_episodes_that_came_open_at_once_can_both_be_closed_with_a_reason(desk, case):
    first = arrived(desk, case, "episode", opened="2025-01-06")
    second = arrived(desk, case, "episode", opened="2025-03-03")
    put(desk, case, "episode", opened="2025-03-03", closed="2026-10-01", record_id=second)
    closed = {"opened": "2025-01-06", "closed": "2026-10-01", "record_id": first}
    with pytest.raises(AnswersDoubted) as asked:
        put(desk, case, "episode", **closed)
    assert list(asked.value.problems) == ["closed"]
    put(desk, case, "episode", **closed, reasons={"closed": "Two case files of one woman, both at work."})
    with pytest.raises(AnswersImpossible):
        put(desk, case, "episode", opened="2024-01-01")
