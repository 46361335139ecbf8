"""What is made from the journal can be thrown away and made again, for every form, and comes out the same."""

import random

import pytest

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Declined, NotKnown
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.fields import (
    Attachment,
    Choice,
    Choices,
    Day,
    Link,
    Links,
    Moment,
    Money,
    Narrative,
    Number,
    ShortText,
    YesNo,
)  # fmt: skip
from tac_desktop.storage import Store
from tac_desktop.storage.binding import sqlite_utils_database
from tac_desktop.storage.rebuild import catch_up
from tests.storage.conftest import NOW


def an_answer(field, chance):
    if chance.random() < 0.2 and field.can_be_unknown:
        return chance.choice([NotKnown(), NotKnown("nobody was there"), Declined()])
    day = f"20{chance.randrange(10, 26)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}"
    match field:
        case ShortText() | Narrative():
            return chance.choice(["Teal lantern", "Ochre ‘kettle’", "Señora 日本 🙂", "a\tb", '"quoted"'])
        case Day():
            return day[: chance.choice([4, 7, 10])] if field.partial else day
        case Moment():
            return f"{day}T1{chance.randrange(10)}:30"
        case Choice():
            return chance.choice(code_list(field.codes).codes).code
        case Choices():
            return tuple({chance.choice(code_list(field.codes).codes).code for _ in range(3)})
        case Number():
            return chance.randrange(field.least, field.least + 5)
        case YesNo():
            return chance.random() < 0.5
        case Money():
            return "12.50"
        case Link():
            return f"record-{chance.randrange(3)}"
        case Links():
            return (f"record-{chance.randrange(3)}",)
        case Attachment():
            return "ab" * 32


def fill(desk, form, chance):
    for _ in range(4):
        fields = [field for field in form.fields if chance.random() < 0.7]
        answers = {field.name: an_answer(field, chance) for field in fields}
        desk.store.save(
            [desk.change(form.name, f"{form.name}-{chance.randrange(2)}", "EP-1", **answers)], author="p", now=NOW
        )


@pytest.mark.parametrize("form", forms.ALL.values(), ids=forms.ALL)
def test_every_form_is_read_from_its_row_as_from_its_entries(desk, form):
    chance = random.Random(form.name)
    desk.mother()
    fill(desk, form, chance)
    assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]
    then = desk.store.records(form.name)
    assert desk.store.records(form.name, known_on="2099-01-01") == then


def test_rebuilding_gives_the_same_tables(desk):
    chance = random.Random(5)
    desk.mother()
    for form in forms.ALL.values():
        fill(desk, form, chance)
    before = desk.derived()
    steps = list(desk.store.upkeep.rebuild())
    assert steps[-1][0] == steps[-1][1]
    assert desk.derived() == before
    assert sum(len(rows) for rows in before.values()) > 500


def test_rebuilding_mends_what_was_altered_and_stopping_it_changes_nothing(desk):
    desk.mother()
    before = desk.derived()
    connection = desk.store._ledger.connection
    connection.execute("UPDATE form_mother SET name = 'Somebody else'")
    connection.execute("DELETE FROM head")
    connection.execute("DELETE FROM caseload")
    altered = desk.derived()
    steps = desk.store.upkeep.rebuild()
    next(steps)
    next(steps)
    steps.close()
    assert desk.derived() == altered
    list(desk.store.upkeep.rebuild())
    assert desk.derived() == before


def test_the_tables_are_made_anew_when_the_program_has_other_forms(desk):
    desk.mother()
    desk.write("contact", "c1", "EP-1", at="2026-03-01T10:00", summary="Teapot")
    before = desk.derived()
    connection = desk.store._ledger.connection
    connection.execute("UPDATE form_contact SET summary = 'of an older program'")
    connection.execute("UPDATE meta SET value = json_remove(value, '$.contact') WHERE name = 'forms'")
    desk.store.close()
    desk.store = Store(desk.vault)
    assert desk.derived() == before


def test_what_is_due_is_reckoned_anew_when_another_version_of_the_program_did_it(desk):
    desk.mother()
    desk.write("contact", "c1", "EP-1", at="2026-03-01T10:00", waiting_for="The report", follow_up_by="2026-03-08")
    before = desk.derived()
    connection = desk.store._ledger.connection
    connection.execute("DELETE FROM due_list")
    desk.store.close()
    desk.store = Store(desk.vault)
    assert desk.derived() != before
    connection = desk.store._ledger.connection
    connection.execute("UPDATE meta SET value = json_set(value, '$.caseload', '0.0.9') WHERE name = 'forms'")
    desk.store.close()
    desk.store = Store(desk.vault)
    assert desk.derived() == before


def test_making_tables_anew_tells_how_far_it_is_and_stopping_it_changes_nothing(desk):
    desk.mother()
    for number in range(600):
        desk.write("contact", f"c{number}", "EP-1", at="2026-03-01T10:00", summary="Teapot")
    before = desk.derived()
    connection = desk.store._ledger.connection
    connection.execute("UPDATE form_contact SET summary = 'of an older program'")
    connection.execute("UPDATE meta SET value = json_remove(value, '$.contact') WHERE name = 'forms'")
    altered = desk.derived()
    desk.store.close()
    stopped = catch_up(desk.vault)
    assert next(stopped) == (0, 601)
    assert next(stopped) == (500, 601)
    stopped.close()
    connection = desk.vault.connect()
    assert connection.execute("SELECT DISTINCT summary FROM form_contact").fetchall() == [("of an older program",)]
    connection.close()
    assert list(catch_up(desk.vault))[-1] == (601, 601)
    assert list(catch_up(desk.vault)) == []
    desk.store = Store(desk.vault)
    assert desk.derived() == before != altered


def test_the_tables_can_be_used_with_sqlite_utils(desk):
    desk.mother()
    database = sqlite_utils_database(desk.store._ledger.connection)
    (row,) = database["form_mother"].rows
    assert row["name"] == "Ochre Kettle"
    assert database["form_contact"].strict
    assert ["child"] in [index.columns for index in database["form_placement"].indexes]
