"""The children on the day of the referral: how many, how old, where they live."""

import pytest

from tac_desktop.casework.answers import NotKnown

REFERRED = "2021-09-01"
"""The day on which the women of these populations are referred."""


@pytest.mark.parametrize(("child", "counts"), [
    ({"date_of_birth": "2003-09-01"}, 0),  # eighteen on the day
    ({"date_of_birth": "2003-09-02"}, 1),
    ({"date_of_birth": REFERRED}, 1),
    ({"unborn": True, "due_date": "2021-12-01"}, 1),
    ({"date_of_birth": "2021-12-01"}, 1),  # was unborn
    ({"date_of_birth": "2022-06-23"}, 0),  # 295 days later: not on its way yet
    ({"unborn": True, "due_date": "2023-01-01"}, 0),
    ({}, 1),  # nobody wrote down how old
    ({"date_of_birth": NotKnown()}, 1),
])  # fmt: skip
def test_children_are_under_eighteen_on_the_referral_or_on_their_way(population, child, counts):
    population.woman().child(**child)
    assert population.counted().n("R1.one_child") == counts


def test_mothers_are_counted_by_their_number_of_children(population):
    for number in (0, 1, 2, 3, 5):
        woman = population.woman()
        for _ in range(number):
            woman.child(date_of_birth="2015-01-01")
    counted = population.counted()
    assert counted.share("R1.one_child") == (1, 5, 20)
    assert counted.share("R1.two_children") == (1, 5, 20)
    assert counted.share("R1.three_plus_children") == (2, 5, 40)
    assert counted.n("R2.multi_child") == 3


BORN = {"date_of_birth": "2015-01-01"}


@pytest.mark.parametrize(("homes", "apart"), [
    ([("foster_care", "H1"), ("foster_care", "H1")], False),
    ([("foster_care", "H1"), ("foster_care", "H2")], True),
    ([("foster_care", "H1"), ("adopted", "")], True),  # an adopted child lives in a household, marked or not
    ([("adopted", ""), ("being_placed_adoption", "")], False),
    ([("foster_care", "H1"), ("mbu_with_mother", "H2")], False),
    ([("foster_care", "H1"), ("foster_care", "")], False),  # nobody marked where
    ([("foster_care", "H1"), ("mbu_with_mother", ""), ("family_kinship", "H2")], True),
])  # fmt: skip
def test_siblings_are_apart_if_the_born_ones_live_in_two_households(population, homes, apart):
    woman = population.woman()
    for arrangement, household in homes:
        woman.child(arrangement, household, **BORN)
    assert population.counted().share("R2.siblings_separated") == (int(apart), 1, 100 * apart)


def test_an_unborn_sibling_lives_nowhere_but_counts_as_a_child(population):
    population.woman().child("foster_care", "H1", **BORN).child("unborn", "H2", unborn=True)
    counted = population.counted()
    assert counted.n("R1.multi_child") == 1
    assert counted.share("R1.siblings_separated.EP") == (0, 1, 0)
    assert counted.share("R1.siblings_separated.SEND") == (0, 0, None)


def test_family_care_means_every_child_and_no_unborn_one(population):
    population.woman().child("father_stepfather", **BORN).child("special_guardian", **BORN)
    population.woman().child("father_stepfather", **BORN)
    population.woman().child("father_stepfather", **BORN).child("foster_care", **BORN)
    population.woman().child("family_kinship", **BORN).child("unborn", unborn=True)
    population.woman().child("family_kinship", **BORN).child("mbu_with_mother", **BORN)
    population.woman()  # without children
    counted = population.counted()
    assert counted.share("R2.all_family") == (2, 6, 33)
    assert counted.n("R2.all_father") == 1
    assert counted.share("R2.children_with_father") == (3, 9, 33)
    assert counted.value("R2.father_exec_vs_body") == {"mothers": 1, "children": 3}


def test_adopted_and_placed_children_are_counted_by_mother(population):
    population.woman().child("adopted", **BORN).child("being_placed_adoption", **BORN)
    population.woman().child("foster_care", **BORN)
    assert population.counted().share("R2.any_adoption") == (1, 2, 50)


@pytest.mark.parametrize(("child", "report_1", "report_2"), [
    ({"date_of_birth": "2018-09-01"}, 0, 0),  # the third birthday
    ({"date_of_birth": "2018-09-02"}, 1, 0),
    ({"date_of_birth": "2019-09-01"}, 1, 0),  # the second birthday
    ({"date_of_birth": "2019-09-02"}, 1, 1),
    ({"unborn": True}, 0, 1),
    ({"date_of_birth": "2021-10-01"}, 0, 1),  # born since, unborn then
    ({}, 0, 0),
])  # fmt: skip
def test_the_reports_draw_the_line_of_young_children_differently(population, child, report_1, report_2):
    population.woman().child(**child)
    population.woman(prison="SEND").child(**child)
    counted = population.counted()
    assert counted.share("R1.ep_child_2_or_under")[:2] == (report_1, 1)
    assert (counted.n("R2.unborn_under_two"), counted.n("R2.unborn_under_two.EP")) == (2 * report_2, report_2)


def test_who_was_on_the_unit_is_told_by_the_placement_and_not_by_the_column(population):
    population.woman().child("mbu_with_mother", **BORN)
    population.woman().has("baseline", mbu_status="resident_at_referral")
    assert population.counted().n("R1.mbu_resident") == 1


def test_the_need_of_the_unit_and_the_state_of_applications(population):
    population.woman().has("baseline", worker_needs=("mbu_placement",), mbu_status="pending")
    population.woman().has("baseline", worker_needs=("support_release",), mbu_status="not_applicable")
    counted = population.counted()
    assert counted.n("R2.mbu_need") == 1
    assert counted.value("R2.mbu_status") == {"pending": 1}


def test_where_a_child_lived_at_referral_does_not_change_when_it_moves(population):
    woman = population.woman().child("father_stepfather", "H1", **BORN)
    child = population.records["child"][0].id
    woman.has("placement", child=child, at_referral=False, from_date="2021-08-01", arrangement="foster_care")
    assert population.counted().n("R2.all_father") == 1


def test_without_the_word_at_referral_the_placement_of_that_day_counts(population):
    woman = population.woman().child("foster_care", "H1", **BORN)
    child = population.records["child"][0].id
    population.records["placement"].clear()
    woman.has("placement", child=child, from_date="2020", to_date="2021-08-30", arrangement="foster_care")
    woman.has("placement", child=child, from_date="2021-08-31", arrangement="father_stepfather")
    woman.has("placement", child=child, from_date="2022-01-01", arrangement="adopted")
    assert population.counted().n("R2.all_father") == 1
