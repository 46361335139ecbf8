"""How late word reaches the service: from which day to which, and the middle of several."""

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.delays import delays, points_of
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.evaluation.arithmetic import middle_of
from tac_desktop.casework.record import Record


def record(form: str, **answers: object) -> Record:
    return Record(id=repr(answers), form=form, version=1, case_file="m", stream="m", answers=answers)


def test_the_middle_of_an_even_number_is_rounded_up_as_all_the_counts_are():
    found = delays([("EP", {"referred": "2026-03-01", "met": day}) for day in ("2026-03-02", "2026-03-04")])
    assert [(one.mothers, one.middle, one.longest) for one in found] == [(2, 2, 3)]
    assert middle_of([0, 1]) == 1
    assert middle_of([7]) == 7


@given(st.lists(st.integers(0, 10_000), min_size=1))
def test_half_of_all_are_not_above_the_middle_and_half_not_below_it(several: list[int]):
    middle = middle_of(several)
    assert 2 * sum(one <= middle for one in several) >= len(several)
    assert 2 * sum(one >= middle - 1 for one in several) >= len(several)
    assert min(several) <= middle <= max(several)


def test_who_was_recalled_was_not_sentenced_late_but_received():
    told = points_of(by_form([
        record("custody", event="sentenced", from_date="2024-01-10", sentenced_on="2024-01-10"),
        record("custody", event="released", from_date="2025-01-10"),
        record("custody", event="recalled", from_date="2026-02-01", sentenced_on="2024-01-10"),
        record("referral", date="2026-02-20"),
    ]), "2026-03-01")  # fmt: skip
    assert told == {"received": "2026-02-01", "referred": "2026-02-20", "child": "2026-03-01"}


def test_who_is_released_and_arrested_on_one_day_came_to_prison_on_that_day():
    told = points_of(by_form([
        record("custody", event="remanded", from_date="2024-01-10"),
        record("custody", event="released", from_date="2026-02-01"),
        record("custody", event="rearrested", from_date="2026-02-01"), record("referral", date="2026-02-20"),
    ]), "")  # fmt: skip
    assert told == {"received": "2026-02-01", "referred": "2026-02-20"}
