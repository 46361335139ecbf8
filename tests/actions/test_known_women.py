"""Is she already here: names that are alike, prison numbers, dates of birth; and nothing of a restricted case file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.known_women import Found, Typed, known_women, read_women, words_of
from tac_desktop.actions.restriction import restrict
from tac_desktop.actions.same_woman import join_cases
from tac_desktop.actions.workbook import import_workbook
from tac_desktop.casework import forms
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tests.actions.conftest import NOW, Desk, made_desks
from tests.export.workbooks import save

OCHRE = Person(id="ochre", name="Ochre Saddle", role="worker", prison="EP")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A manager's vault with some women, of whom the file of one is closed to Ochre."""
    makes = made_desks(tmp_path_factory.mktemp("desks"))
    desk = next(makes)("manager")
    mother(desk, "Z-1", "Puce Anchor", prison_number="Z1234ZZ", date_of_birth="1991-03-27", aliases="Puce Bell, Pucie")
    mother(desk, "Z-2", "Siân Llewellyn", date_of_birth="1988-12-01")
    mother(desk, "Z-3", "Xanthe Pip", prison_number="Z9999ZZ", date_of_birth="1990-01-01")
    mother(desk, "Z-4", "Katherine Mary O'Kettle", known_as="Kit")
    restrict(desk.store, desk.person, case_file_id("Z-3"), people=[], reason="A colleague's sister.", now=NOW)
    yield desk
    next(makes, None)


def mother(desk: Desk, reference: str, name: str, **answers: str) -> str:
    before = desk.store.record(case_file_id(reference))
    return save_answers(
        desk.store, desk.person, forms.ALL["mother"], now=NOW,
        answers={**(before.answers if before else {}), "reference": reference, "name": name, "prison": "EP", **answers},
        case_file=before.id if before else "", record_id=before.id if before else "",
    )  # fmt: skip


def asked(desk: Desk, **typed: object) -> Found:
    return known_women(desk.store, read_women(desk.store), Typed(**typed))  # type: ignore[arg-type]


def found(desk: Desk, **typed: object) -> dict[str, tuple[str, ...]]:
    return {fit.row.reference: fit.reasons for fit in asked(desk, **typed).fits}


@pytest.mark.parametrize(("typed", "reference"), [
    ({"name": "Puce Anchor"}, "Z-1"),
    ({"name": "anchor, puce"}, "Z-1"),
    ({"name": "Puce Ankor"}, "Z-1"),
    ({"name": "Puce Mary Anchor"}, "Z-1"),
    ({"name": "Puce Bell"}, "Z-1"),
    ({"name": "Somebody Else", "also": ("Puce Anchor",)}, "Z-1"),
    ({"name": "Puce Married", "born": "1991-03-27"}, "Z-1"),
    ({"name": "Puce Ankor", "born": "1991-27-03"}, "Z-1"),
    ({"prison_number": "z1234zz"}, "Z-1"),
    ({"prison_number": "Z1234 ZZ"}, "Z-1"),
    ({"name": "Sian Llewelyn"}, "Z-2"),
    ({"name": "Catherine OKettle"}, "Z-4"),
])  # fmt: skip
def test_she_is_found_however_she_is_typed(house: Desk, typed: dict[str, object], reference: str):
    assert reference in found(house, **typed)


@pytest.mark.parametrize("typed", [
    {}, {"name": "Puce"}, {"name": "Puce Lantern"}, {"born": "1991-03-27"},
    {"name": "Teal Lantern", "born": "1991-03-27"},
    {"name": "Puce Lantern", "born": "1988-12-01"}, {"prison_number": "Z12"}, {"name": "Xanthe Pop"},
])  # fmt: skip
def test_who_only_shares_a_first_name_or_a_birthday_is_not_told(house: Desk, typed: dict[str, object]):
    assert asked(house, **typed).fits == []


def test_why_she_fits_is_told_and_a_namesake_of_another_day_comes_last(house: Desk):
    assert found(house, name="Puce Anchor", born="1991-03-27", prison_number="Z1234ZZ")["Z-1"] == (
        "number", "name", "born",
    )  # fmt: skip
    assert found(house, name="Puce Anchor", born="1960-05-05") == {"Z-1": ("name", "born_otherwise")}
    assert found(house, name="Puce Anchor", born="1991-03-28", prison_number="Z1235ZZ")["Z-1"] == (
        "number_near", "name", "born_near",
    )  # fmt: skip


def test_a_name_that_she_had_before_still_finds_her(house: Desk):
    mother(house, "Z-5", "Mauve Basket")
    mother(house, "Z-5", "Mauve Ladder")
    assert "Z-5" in found(house, name="Mauve Basket")


def test_of_a_closed_case_file_is_only_told_that_one_fits_and_only_without_doubt(house: Desk):
    sure = {"name": "Xanthe Pip", "born": "1990-01-01"}
    assert [fit.row.reference for fit in asked(house, **sure).fits] == ["Z-3"]
    manager = house.person
    house.vault.person = OCHRE
    try:
        for typed in (sure, {"prison_number": "Z9999ZZ"}):
            assert asked(house, **typed) == Found([], closed=True)
        for typed in ({"name": "Xanthe Pip"}, {"name": "Xanthe Pip", "born": "1990-01-02"}, {"name": "Xanthe"}):
            assert asked(house, **typed) == Found([], closed=False)
    finally:
        house.vault.person = manager


def test_of_two_joined_case_files_either_name_leads_to_the_one(house: Desk):
    one, two = mother(house, "Z-6", "Teal Candle"), mother(house, "Z-7", "Teal Wick")
    join_cases(house.store, house.person, two, one, first=one, reason="Same number.", now=NOW)
    assert list(found(house, name="Teal Wick")) == ["Z-6"]
    assert asked(house, name="Teal Wick").fits[0].row.name == "Teal Candle"


def test_an_import_tells_which_new_mothers_may_be_here_under_another_reference(house: Desk, tmp_path: Path):
    rows = [
        ("Case reference", "Name", "Prison", "Prison number", "Date of birth"),
        ("Z-900", "Puce Ankor", "HMP Send", "", "27/03/1991"), ("Z-901", "Zinnia Quern", "HMP Send", "", ""),
        ("Z-1", "Puce Anchor", "HMP Eastwood Park", "Z1234ZZ", "27/03/1991"),
    ]  # fmt: skip
    book = save(tmp_path / "book.xlsx", {"Mothers": rows})
    [told] = import_workbook(house.vault, house.store, book, now=NOW, dry_run=True).namesakes
    assert (told.reference, [fit.row.reference for fit in told.found.fits]) == ("Z-900", ["Z-1"])


def test_her_own_case_file_is_left_out(house: Desk):
    women = read_women(house.store)
    assert known_women(house.store, women, Typed(name="Puce Anchor"), but=[case_file_id("Z-1")]).fits == []


def test_words_are_compared_without_accents_and_apostrophes():
    assert words_of("Siân O’Kettle-Jones") == ["sian", "okettle", "jones"]
