"""What a letter may say of her parental responsibility: by the newest record, and never after an adoption."""

import pytest

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.her_responsibility import her_responsibility
from tac_desktop.casework.record import Record

DAY = "2026-03-15"


def record(form: str, record_id: str, **answers: Answer) -> Record:
    return Record(id=record_id, form=form, version=1, case_file="m", stream="m", answers=answers)


MAUVE = record("child", "mauve", name="Mauve Anchor", parental_responsibility="shared")
HOLDS: dict[str, Answer] = {"child": "mauve", "who": "mother", "status": "mother_has_pr", "source": "birth_certificate"}


def adopted(made_on: str = "2026-01-10", **answers: Answer) -> Record:
    told: dict[str, Answer] = {"order_type": "adoption_order", "children": ("mauve",), "made_on": made_on}
    return record("order", "o", **told | answers)


def said(*records: Record, day: str = DAY) -> str:
    return her_responsibility(by_form(records), MAUVE, day).in_a_letter("M.A.")


def test_the_newest_record_counts_else_the_answer_in_the_child_s_record():
    assert said() == "has parental responsibility for M.A., and shares it"
    hers = record("parental_responsibility", "r", **HOLDS, since="2018-05-04")
    assert said(hers) == "has parental responsibility for M.A. (by the birth certificate)"


@pytest.mark.parametrize(("until", "told"), [("2026-03", "M.A. (by the birth certificate)"), ("2026-02", "shares it")])
def test_what_holds_until_a_month_holds_until_its_last_day(until: str, told: str):
    hers = record("parental_responsibility", "r", **HOLDS, until=until)
    assert said(hers).endswith(told)


@pytest.mark.parametrize("since", ["", "2018", "2018-05-04", "2026-01-09"])
def test_no_letter_speaks_for_her_after_an_adoption_order_whatever_was_recorded_before(since: str):
    hers = record("parental_responsibility", "r", **HOLDS, since=since)
    assert said(hers, adopted()) == ""
    assert said(hers, adopted(""), day=DAY) == ""
    assert her_responsibility(by_form([hers, adopted()]), MAUVE, DAY).is_lost
    assert said(hers, adopted(), day="2026-01-09") != ""
    assert said(hers, adopted(children=("teal",))) != ""
    assert said(hers, adopted(ended_on="2026-02-01")) != ""


def test_what_was_recorded_after_an_adoption_by_her_partner_holds():
    assert said(record("parental_responsibility", "r", **HOLDS, since="2026-01-10"), adopted()) != ""
