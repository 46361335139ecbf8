"""Contact that is not allowed is written down only with a reason: a rule between contacts and decisions about them."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from tac_desktop.casework.answers import text_of
from tac_desktop.casework.case_rules import CaseRule, Found, Impossible, Wanted
from tac_desktop.casework.forms.child_contact import OUTSIDE_REASON
from tac_desktop.casework.outside_permission import FORMS, NEEDED, asked_about

SAY_WHY: Final = "Say why it is right all the same."


def _with_reason(form: str, wanted: Wanted) -> Iterator[Found]:
    """Refuse contact that is not allowed and has no reason beside it; whoever gives one may go on."""
    if text_of(wanted.answers, OUTSIDE_REASON).strip():
        return
    if told := asked_about(form, wanted.answers, wanted.records, wanted.today):
        yield Impossible(OUTSIDE_REASON, f"{told} {SAY_WHY}")


RULES: Final = tuple(CaseRule(form, NEEDED, partial(_with_reason, form)) for form in FORMS)
