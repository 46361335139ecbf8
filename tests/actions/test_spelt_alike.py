"""Finding a woman whose name was written otherwise, where nothing matches what was typed."""

from collections.abc import Iterator

import pytest

from tac_desktop.actions.restriction import restrict
from tac_desktop.actions.spelt_alike import spelt_alike
from tac_desktop.casework.record import case_file_id
from tests.actions.conftest import NOW, Desk, made_desks
from tests.actions.test_known_women import OCHRE, mother


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A manager's vault with some women, of whom the file of one is closed to Ochre."""
    makes = made_desks(tmp_path_factory.mktemp("desks"))
    desk = next(makes)("manager")
    mother(desk, "Z-1", "Mabel Lantern", aliases="Mabel Bell")
    mother(desk, "Z-2", "Siân Llewellyn")
    mother(desk, "Z-3", "Xanthe Lantern")
    restrict(desk.store, desk.person, case_file_id("Z-3"), people=[], reason="A colleague's sister.", now=NOW)
    yield desk
    next(makes, None)


def found(desk: Desk, typed: str) -> list[str]:
    return [row.reference for row in desk.store.caseload_page(spelt_alike(desk.store, typed))]


@pytest.mark.parametrize(("typed", "references"), [
    ("mabul lanten", ["Z-1"]),
    ("lantern mable", ["Z-1"]),
    ("lanturn", ["Z-1", "Z-3"]),
    ("mabl lant", ["Z-1"]),
    ("mabel bel", ["Z-1"]),
    ("sian lewelyn", ["Z-2"]),
    ("mabel llewellyn", []),
    ("bell lantern", []),
    ("mab", []),
    ("kettle", []),
    (" , ", []),
])  # fmt: skip
def test_each_typed_word_must_be_spelt_like_one_of_the_same_name(house: Desk, typed: str, references: list[str]):
    assert found(house, typed) == references


def test_a_case_file_that_is_closed_to_the_person_is_not_found_by_a_name_that_is_alike(house: Desk):
    manager = house.person
    house.vault.person = OCHRE
    try:
        assert found(house, "lanturn") == ["Z-1"]
        assert found(house, "xanthe lanturn") == []
    finally:
        house.vault.person = manager
