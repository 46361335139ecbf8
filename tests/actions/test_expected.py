"""What a reader must find in the reference files is written beside them, and is what this program finds."""

import json
from functools import cache

import pytest

from tac_desktop.casework import forms
from tests.reference import make_bundles, make_expected


@cache
def told():
    return json.loads(make_expected.FILE.read_text(encoding="utf-8"))


@cache
def found():
    return make_expected.expected()


def test_the_file_was_made_by_its_maker():
    assert list(told()["bundles"]) == [name for name, *_ in make_bundles.MADE]
    assert make_expected.FILE.read_text(encoding="utf-8") == make_expected.as_text(told())


@pytest.mark.parametrize("part", ["people", "streams", "services"])
def test_the_codes_and_ids_are_those_that_this_program_finds(part):
    assert told()[part] == found()[part]


@pytest.mark.parametrize("name", [name for name, *_ in make_bundles.MADE])
def test_a_bundle_brings_what_is_told_of_it(name):
    assert told()["bundles"][name] == json.loads(json.dumps(found()["bundles"][name]))


@pytest.mark.parametrize("name", [name for name, *_ in make_bundles.MADE])
def test_the_definitions_and_the_program_find_the_same_contradictions(name):
    """The records are told by the definitions alone, the contradictions by the program."""
    told_here = told()["bundles"][name]
    by_definition = sorted(
        [*of.split(), field]
        for of, record in told_here["records"].items() for field in record["contradicting"]
        if of.split()[0] in forms.ALL
    )  # fmt: skip
    assert told_here["contradicting"] == by_definition
