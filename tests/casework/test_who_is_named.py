"""Every question that asks for a name is known to ask for one, so that no name is shown to who asks for her records."""

from typing import Final

from tac_desktop.casework import forms
from tac_desktop.casework.fields import ShortText
from tac_desktop.casework.who_is_named import (
    BETWEEN_COLLEAGUES,
    NO_ANSWERS,
    OF_THE_COURT,
    PEOPLE,
    PROFESSIONALS,
    TELLS_WHERE,
)

NO_OTHER_PERSON: Final = {
    ("mother", "reference"), ("mother", "prison_number"), ("child", "child_reference"), ("contact", "decided_by"),
}  # fmt: skip
"""What is found by its beginning and names nobody, or nobody but the service's own worker."""


def test_every_question_of_a_case_file_that_asks_for_a_name_is_known_to_ask_for_one():
    asked = {
        (form.name, field.name)
        for form in forms.ALL.values()
        for field in form.fields
        if form.keeping == "case" and isinstance(field, ShortText) and field.is_name
    }
    known = {(form, name) for form, names in PEOPLE.items() for name in names}
    assert {one for one in asked - known if one[0] not in BETWEEN_COLLEAGUES} == NO_OTHER_PERSON


REACHES_A_WORKER: Final = {("childrens_social_worker", "phone"), ("childrens_social_worker", "email")}


def test_every_short_answer_that_the_other_party_must_not_see_is_known_to_tell_of_somebody():
    kept_back = {
        (form.name, field.name)
        for form in forms.ALL.values()
        for field in form.fields
        if form.keeping == "case" and isinstance(field, ShortText) and "other_party" in field.withheld_from
    }
    known = {(form, name) for table in (PEOPLE, TELLS_WHERE) for form, names in table.items() for name in names}
    assert kept_back - known == REACHES_A_WORKER | {("contact", "decided_by")}


def test_every_question_that_is_said_to_name_somebody_is_one_of_its_form():
    for table in (PEOPLE, TELLS_WHERE):
        for form, names in table.items():
            assert set(names) <= forms.ALL[form].by_name.keys()
    assert set(forms.ALL) >= PROFESSIONALS | OF_THE_COURT | BETWEEN_COLLEAGUES | NO_ANSWERS
    assert set(PEOPLE) >= PROFESSIONALS
