"""What belongs to no mother: which office keeps a record, whose case file it names, and what cannot stand in it."""

from typing import Final

from tac_desktop.casework.answers import Answers, text_of
from tac_desktop.casework.fields import Link, Links
from tac_desktop.casework.form import Form
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record
from tac_desktop.casework.streams import office_stream

PRISON: Final = "prison"
"""The question, of each form that an office keeps, that says which office."""
PRISON_STAYS: Final = "The prison stays as it is: by it colleagues receive this. Write a new one for another prison."
NOT_A_RESTRICTED_ONE: Final = (
    "That case file is restricted, and what the office keeps reaches colleagues who may not open it."
    " Log it in the case file itself, and leave this empty."
)


def kept_in(form: Form, answers: Answers) -> str:
    """Return the id of the stream in which an office keeps a record; '' where the prison is not answered."""
    prison = text_of(answers, PRISON).strip()
    return office_stream(prison) if form.keeping == "office" and prison else ""


def office_problems(form: Form, answers: Answers, before: Record | None) -> dict[str, str]:
    """Return a sentence for each answer that cannot stand in a record of an office; empty for those of other forms.

    Args:
        form: The form.
        answers: All its answers.
        before: The record as it stands; None for a new one.
    """
    moved = form.keeping == "office" and before and before.text(PRISON) not in ("", text_of(answers, PRISON))
    return {PRISON: PRISON_STAYS} if moved else {}


def case_files_named(form: Form, answers: Answers) -> dict[str, str]:
    """Return the case files that a record of an office names, by the question that names each."""
    if form.keeping != "office":
        return {}
    named = {field.name: text_of(answers, field.name) for field in form.fields if is_link_to(field, "mother")}
    return {name: case_file for name, case_file in named.items() if case_file}


def is_link_to(field: object, form: str) -> bool:
    """Say whether a question is answered with a record of a form."""
    return isinstance(field, Link | Links) and field.to == form


def links_to_office(field: object) -> bool:
    """Say whether a question is answered with a record that an office keeps, which may not be here."""
    return isinstance(field, Link | Links) and ALL[field.to].keeping == "office"
