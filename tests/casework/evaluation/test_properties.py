"""What holds for the figures of every population and every day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tac_desktop.casework.answers import Declined, NotKnown
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.evaluation import arithmetic
from tac_desktop.casework.forms import ALL

DAY_0 = date(2021, 2, 1)
DAYS = st.integers(0, 900).map(lambda n: (DAY_0 + timedelta(days=n)).isoformat())
PRISONS = st.sampled_from(["EP", "SEND", "OTHER", "HMP Styal"])
STATES = st.sampled_from([NotKnown(), Declined(), ""])


def one_of(codes: str) -> Any:
    """Return a code of a list, or a state, or no answer."""
    return st.sampled_from([code.code for code in code_list(codes).codes if code.code != "not_known"]) | STATES


def some_of(codes: str) -> Any:
    """Return several codes of a list."""
    return st.lists(st.sampled_from([code.code for code in code_list(codes).codes]), max_size=3, unique=True).map(tuple)


@st.composite
def histories(draw: Any) -> list[tuple[str, str]]:
    """Return opening and closing days of episodes that follow each other; the last may be open."""
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=6, unique=True)))
    return [(days[i], days[i + 1] if i + 1 < len(days) else "") for i in range(0, len(days), 2)]


WOMEN = st.fixed_dictionaries({
    "prison": PRISONS, "received": DAYS, "consent": st.sampled_from([True, True, True, False]),
    "known_as_child": one_of("known_as_child"), "ethnicity": one_of("ethnicity"),
    "relationship_status": one_of("relationship_status"),
    "date_of_birth": st.dates(date(1970, 1, 1), date(2003, 1, 1)).map(str),
})  # fmt: skip
FACTS = st.fixed_dictionaries({
    "episodes": histories(),
    "because": st.sampled_from(["recall_licence_breach", "new_need"]),
    "custody": st.fixed_dictionaries({"legal_status": one_of("legal_status"), "offence_category": one_of(
        "offence_category"), "child_related_offence": one_of("child_related_offence")}),
    "triage": st.fixed_dictionaries({"self_identified_needs": some_of("self_identified_need")}),
    "children": st.lists(st.tuples(one_of("care_arrangement"), st.sampled_from(["", "H1", "H2"]), DAYS), max_size=4),
    "t1": st.fixed_dictionaries({"date": DAYS, "trust_csc": one_of("scale_agree5")}),
    "challenge": DAYS,
})  # fmt: skip
POPULATIONS = st.lists(st.tuples(WOMEN, FACTS), max_size=6)


def people(new_population: Any, drawn: list[tuple[dict[str, Any], dict[str, Any]]]) -> Any:
    """Return the population that was drawn."""
    population = new_population()
    for woman, facts in drawn:
        (opened, closed), *later = facts["episodes"]
        made = population.woman(referred=opened, **woman)
        made.population.records["episode"].pop()
        made.has("episode", opened=opened, closed=closed, opened_because="initial")
        for begun, ended in later:
            made.has("episode", opened=begun, closed=ended, opened_because=facts["because"])
        made.has("custody", **facts["custody"]).has("triage", **facts["triage"]).answered("T1", **facts["t1"])
        made.has("challenge", challenge="acct", supported=True, recorded=facts["challenge"])
        for arrangement, household, born in facts["children"]:
            made.child(arrangement, household, date_of_birth=born)
    return population


def cells(table: Any) -> Any:
    """Yield the cells of a table with the keys of their row and column."""
    return ((r["key"], key, cell) for r in table["rows"] for key, cell in r["cells"].items())


@settings(max_examples=60, deadline=None)
@given(drawn=POPULATIONS, as_of=DAYS)
def test_open_is_cases_less_closed_and_the_same_of_their_returns(new_population, drawn, as_of):
    table = people(new_population, drawn).counted(as_of).table("R2.T2")
    for row in table["rows"]:
        cases, closed, again, closed_again, still_open = (cell["n"] for cell in row["cells"].values())
        assert still_open == cases - closed + again - closed_again


@settings(max_examples=60, deadline=None)
@given(drawn=POPULATIONS, as_of=DAYS)
def test_totals_are_the_sums_of_the_prisons_and_of_the_answers(new_population, drawn, as_of):
    counted = people(new_population, drawn).counted(as_of)
    for name in ("R1.T1", "R2.T5", "R2.T6", "R2.T8"):
        for row in counted.table(name)["rows"]:
            *prisons, whole = (cell["n"] for cell in row["cells"].values())
            assert whole == sum(prisons), name
    for name in ("R1.T1", "R1.T2", "R1.T4b", "R2.T14b", "R2.T14r"):
        *answers, total = ([cell["n"] for cell in row["cells"].values()] for row in counted.table(name)["rows"])
        assert total == [sum(column) for column in zip(*answers, strict=True)], name
    for name in ("R1.T3", "R2.T4"):
        for row in counted.table(name)["rows"]:
            *quarters, whole = (cell["n"] for cell in row["cells"].values())
            assert whole == sum(quarters), name
    *prisons, whole = counted.bases("R1.T1")
    assert whole == sum(prisons) == counted.n("R1.cases")


OF_THE_COLUMN = {"R1.T1", "R1.T2", *(f"R{r}.T{n}" for r, n in [(1, "4b"), (1, "6a"), (2, "14b"), (2, "16a")])}


def is_nearest(rounded: int, count: int, base: int) -> bool:
    """Say whether a whole number is nearest to 100 x count / base, the upper one if two are."""
    return -base <= 200 * count - 2 * base * rounded < base


@settings(max_examples=60, deadline=None)
@given(drawn=POPULATIONS, as_of=DAYS)
def test_percentages_are_those_of_the_printed_counts_with_halves_up(new_population, drawn, as_of):
    counted = people(new_population, drawn).counted(as_of)
    for table in counted.report["tables"]:
        bases = {column["key"]: column["base"] for column in table["columns"]}
        for _, column, cell in cells(table):
            if table["id"] in OF_THE_COLUMN:
                assert (cell["pct"] is None) == (bases[column] == 0)
                assert not bases[column] or is_nearest(cell["pct"], cell["n"], bases[column])
    for said in counted.report["statements"]:
        if said["base"] == 0:
            assert said["pct"] is None


@settings(max_examples=40, deadline=None)
@given(drawn=POPULATIONS, as_of=DAYS)
def test_the_order_of_records_does_not_matter(new_population, drawn, as_of):
    population = people(new_population, drawn)
    before = population.counted(as_of).report
    for records in population.records.values():
        records.reverse()
    assert population.counted(as_of).report == before


@settings(max_examples=60, deadline=None)
@given(drawn=POPULATIONS, as_of=DAYS)
def test_nothing_that_is_dated_after_the_day_is_counted(new_population, drawn, as_of):
    population = people(new_population, drawn)
    everything = population.counted(as_of).report
    for form, records in population.records.items():
        own_date = ALL[form].own_date
        past = [r for r in records if not own_date or r.text(own_date) <= as_of]
        population.records[form] = [replace(r, answers=still_open(r.answers, as_of)) for r in past]
    assert population.counted(as_of).report == everything


def still_open(answers: Any, as_of: str) -> Any:
    """Return an episode's answers as they stood on a day."""
    return {name: answer for name, answer in answers.items() if name != "closed" or str(answer) <= as_of}


@given(count=st.integers(0, 500), base=st.integers(1, 500))
def test_a_percentage_is_rounded_to_the_nearest_whole_number_and_a_half_goes_up(count, base):
    rounded = arithmetic.percentage(count, base)
    assert rounded is not None
    assert is_nearest(rounded, count, base)


@pytest.mark.parametrize(("count", "base", "printed"), [(3, 24, 13), (13, 40, 33), (27, 40, 68), (9, 40, 23),
                                                        (1, 200, 1), (0, 5, 0)])  # fmt: skip
def test_halves_go_up_where_python_would_round_to_even(count, base, printed):
    assert arithmetic.percentage(count, base) == printed


def test_the_share_of_nobody_is_blank():
    assert arithmetic.percentage(0, 0) is None
    assert arithmetic.percentage_to_one_decimal(0, 0) is None
    assert arithmetic.mean([]) is None


@pytest.mark.parametrize(("count", "base", "printed"), [(5, 40, 12.5), (1, 3, 33.3), (2, 3, 66.7), (1, 16, 6.3)])
def test_one_decimal_is_rounded_up_at_the_half_too(count, base, printed):
    assert arithmetic.percentage_to_one_decimal(count, base) == printed


@pytest.mark.parametrize(("ratings", "printed"), [([4, 5], 5), ([4, 4, 5], 4), ([1, 10], 6)])
def test_means_are_rounded_halves_up(ratings, printed):
    assert arithmetic.mean(ratings) == printed


@pytest.mark.parametrize(("day", "quarter"), [
    ("2021-03-31", "PRE"), ("2019-11-01", "PRE"), ("2021-04-01", "Y1Q1"), ("2021-06-30", "Y1Q1"),
    ("2021-07-01", "Y1Q2"), ("2021-12-31", "Y1Q3"), ("2022-01-01", "Y1Q4"), ("2022-04-01", "Y2Q1"),
    ("2023-05-31", "Y3Q1"), ("2024-02-29", "Y3Q4"),
])  # fmt: skip
def test_project_years_begin_in_april_2021(day, quarter):
    assert arithmetic.quarter(day) == quarter


@pytest.mark.parametrize(("born", "day", "years"), [
    ("1990-06-15", "2021-06-14", 30), ("1990-06-15", "2021-06-15", 31), ("2020-02-29", "2021-02-28", 0),
    ("2020-02-29", "2021-03-01", 1), ("2021-06-15", "2021-06-15", 0),
])  # fmt: skip
def test_ages_are_completed_years(born, day, years):
    assert arithmetic.completed_years(born, day) == years
