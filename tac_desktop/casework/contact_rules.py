"""Contact that is not allowed is written down only with a reason: rules between contact, plan and decisions."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from tac_desktop.casework.answers import text_of
from tac_desktop.casework.case_rules import CaseRule, Found, Impossible, Wanted
from tac_desktop.casework.forms.child_contact import OUTSIDE_REASON
from tac_desktop.casework.outside_permission import names_of, outside_of, why_asked

SAY_WHY: Final = "Say why it is right all the same."


def _with_reason(form: str, wanted: Wanted) -> Iterator[Found]:
    """Refuse contact that is not allowed and has no reason beside it; whoever gives one may go on."""
    if text_of(wanted.answers, OUTSIDE_REASON).strip():
        return
    found = outside_of(form, wanted.answers, wanted.records.get("contact_permission", ()), wanted.today)
    if found:
        channel = text_of(wanted.answers, "child_contact" if form == "contact" else "kind")
        told = why_asked(found, names_of(wanted.records.get("child", ())), channel)
        yield Impossible(OUTSIDE_REASON, f"{told} {SAY_WHY}")


RULES: Final = tuple(
    CaseRule(form, frozenset({"contact_permission", "child"}), partial(_with_reason, form))
    for form in ("contact", "contact_plan")
)
