"""docs/needs.md says which need lives where and which test shows it: what it names must be there."""

import re
from pathlib import Path

from tac_desktop.casework import forms

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/needs.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if re.match(r"\| [A-Z]", line)
]
TESTS = dict(re.findall(r"^(\d+)\. `(tests/[\w/.]+::\w+)`$", PAGE, re.MULTILINE))


def test_every_question_that_is_named_is_asked():
    named = set(re.findall(r"`([a-z_0-9]+)\.([a-z_0-9]+)`", PAGE))
    asked = {(form.name, name) for form in forms.ALL.values() for name in form.by_name}
    assert {(form, name) for form, name in named if form in forms.ALL} <= asked
    assert len(named) > 50


def test_every_test_that_is_named_is_there():
    missing = [
        place
        for place in TESTS.values()
        if f"def {place.partition('::')[2]}(" not in (ROOT / place.partition("::")[0]).read_text("utf-8")
    ]
    assert missing == []
    assert list(map(int, TESTS)) == list(range(1, len(TESTS) + 1))


def test_a_need_that_is_met_names_a_test_and_every_state_is_one_of_four():
    rows = [row for row in ROWS if len(row) == 5 and re.fullmatch(r"[A-Z]\d*", row[0])]
    assert len(rows) > 140
    for number, _, _, tests, state in rows:
        assert state in ("there", "in part", "not yet", "left out"), number
        assert all(one.strip() in TESTS for one in tests.split(",") if one.strip() != "-"), number
        assert state != "there" or tests != "-", number
