"""A move of children is written whole or not at all: old homes end, the new one begins, and nobody has two."""

from collections.abc import Iterator
from typing import Any

import pytest

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.comments import comments_on
from tac_desktop.actions.moving import record_move
from tac_desktop.casework import forms
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.family import Picture, picture
from tac_desktop.casework.forms.moving import LEFT, MOVE, THERE, TOLD
from tac_desktop.errors import AnswersDoubted, AnswersRefused
from tests.actions.conftest import NOW, Desk, made_desks


class Family:
    """A mother with three children, two of whom live together."""

    def __init__(self, desk: Desk, number: int) -> None:
        self.desk = desk
        self.case = ""
        self.case = self.put("mother", reference=f"Z-{number:03}", name="Puce Anchor", prison="EP")
        self.mauve, self.teal, self.hazel = (
            self.put("child", name=f"{name} Anchor", date_of_birth=f"20{year}-05-04")
            for name, year in (("Mauve", 18), ("Teal", 21), ("Hazel", 25))
        )
        for child in (self.mauve, self.teal):
            self.put("placement", child=child, from_date="2026-01-06", arrangement="foster_care", household="H1")
        self.put("placement", child=self.hazel, from_date="2026-01-06", arrangement="family_kinship", carer="Scarlet")

    def put(self, form: str, **answers: Any) -> str:
        desk = self.desk
        return save_answers(desk.store, desk.person, forms.ALL[form], answers=answers, now=NOW, case_file=self.case)

    def move(self, *children: str, day: str = "2026-06-12", **answers: Any) -> tuple[str, ...]:
        reasons = answers.pop("reasons", {})
        told = {"children": children, "from_date": day, **answers}
        return record_move(self.desk.store, self.desk.person, self.case, answers=told, now=NOW, reasons=reasons)

    def seen(self, day: str) -> Picture:
        records = [one for form in ("mother", "child", "placement") for one in self.desk.store.records(form, self.case)]
        return picture(by_form(records), day)

    def homes(self, day: str) -> list[list[str]]:
        return [[one.child.text("name").split()[0] for one in home.children] for home in self.seen(day).households]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    for make in made_desks(tmp_path_factory.mktemp("desks")):
        yield make("worker")


@pytest.fixture
def family(desk: Desk) -> Family:
    return Family(desk, len(desk.store.records("mother")) + 1)


def test_two_siblings_move_together_in_one_step(family: Family):
    made = family.move(
        family.mauve, family.teal, arrangement="long_term_foster", carer="Ruby Harbour", ended_because="planned",
        mother_told="2026-06-13",
    )  # fmt: skip
    assert family.homes("2026-06-11") == [["Mauve", "Teal"], ["Hazel"]]
    assert family.homes("2026-06-12") == [["Mauve", "Teal"], ["Hazel"]]
    [new, _] = family.seen("2026-06-12").households
    assert {one.home.id for one in new.children if one.home} == set(made)
    store = family.desk.store
    began = [store.record(record_id) for record_id in made]
    assert {one.text("household") for one in began if one} == {"H2"}
    assert {one.text("mother_told") for one in began if one} == {"2026-06-13"}
    left = [home for home in store.records("placement", family.case) if home.text("ended_because")]
    assert {(home.text("child"), home.text("to_date")) for home in left} == {
        (family.mauve, "2026-06-12"), (family.teal, "2026-06-12"),
    }  # fmt: skip
    assert all(comments_on(store, home.id) == [] for home in left)


def test_a_child_that_moves_to_a_brother_or_sister_shares_the_home_from_then_on(family: Family):
    family.move(family.teal, joins=family.hazel)
    assert family.homes("2026-06-12") == [["Mauve"], ["Teal", "Hazel"]]
    [_, home] = family.seen("2026-06-12").households
    assert home.carer_words == ("Scarlet",)
    assert {one.home.text("arrangement") for one in home.children if one.home} == {"family_kinship"}
    assert {one.home.text("household") for one in home.children if one.home} == {"H2"}


def test_a_move_that_is_told_late_lasts_until_the_next_one(family: Family):
    family.move(family.mauve, day="2026-09-01", arrangement="residential")
    family.move(family.mauve, day="2026-06-01", arrangement="semi_independent")
    for day, where in (
        ("2026-05-31", "foster_care"),
        ("2026-06-01", "semi_independent"),
        ("2026-09-01", "residential"),
    ):
        [mauve] = [one for one in family.seen(day).born if one.child.id == family.mauve]
        assert mauve.home is not None
        assert mauve.home.text("arrangement") == where
        assert mauve.also == ()


@pytest.mark.parametrize(("wrong", "field"), [
    ({"arrangement": ""}, "arrangement"), ({"day": "2020-01-01"}, "from_date"), ({"joins": "nobody"}, "joins"),
    ({"joins": "itself"}, "joins"), ({"day": ""}, "from_date"), ({"carers": ("nobody",)}, "carers"),
])  # fmt: skip
def test_what_cannot_be_is_told_at_the_question_and_nothing_is_written(
    family: Family, wrong: dict[str, Any], field: str
):
    before = family.desk.store.records("placement", family.case)
    answers = {"arrangement": "foster_care", **wrong}
    if answers.get("joins") == "itself":
        answers["joins"] = family.teal
    with pytest.raises(AnswersRefused) as refused:
        family.move(family.mauve, family.teal, **answers)
    assert list(refused.value.problems) == [field]
    assert family.desk.store.records("placement", family.case) == before


def test_a_second_home_on_the_very_day_is_asked_about(family: Family):
    with pytest.raises(AnswersDoubted) as asked:
        family.move(family.mauve, day="2026-01-06", arrangement="adopted")
    assert list(asked.value.problems) == ["from_date"]
    [made] = family.move(
        family.mauve, day="2026-01-06", arrangement="adopted", reasons={"from_date": "The paper says both."}
    )
    [said] = comments_on(family.desk.store, made)
    assert said.text.endswith("The paper says both.")


def test_the_questions_of_a_move_are_those_of_a_placement():
    placement = forms.ALL["placement"].by_name
    assert all(MOVE.by_name[name] is placement[name] for name in (*THERE, *LEFT, *TOLD))
    assert MOVE.name not in forms.ALL
    assert forms.TYPED[MOVE.name] is MOVE
