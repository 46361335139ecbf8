"""The rows of a bundle: the door is wide enough for every form."""

from tac_desktop.casework import forms
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.fields import Choices
from tac_desktop.casework.journal_limits import MOST_FIELDS


def test_no_form_has_more_answers_than_a_row_may_have():
    for form in forms.ALL.values():
        most = sum(len(code_list(f.codes).codes) if isinstance(f, Choices) else 1 for f in form.fields)
        assert most < MOST_FIELDS, form.name
