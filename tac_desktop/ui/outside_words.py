"""Contact that is not allowed, in words that a case file and the list over all case files share."""

from typing import Final

from tac_desktop.casework.codelists import label
from tac_desktop.casework.outside_permission import Outside
from tac_desktop.casework.permitted_contact import SOURCES
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.record_list import RecordLine

OUTSIDE: Final = "outside"
"""The name in the frame of the list over all case files."""


def outside_line(one: Outside, child: str) -> RecordLine:
    """Return contact that is not allowed as a line of a list."""
    planned = one.form in ("contact_plan", "visit_request")
    kind = label("child_contact_type", one.channel)
    what = f"{kind} with {child}" if child else kind
    day = f"{'Planned, not allowed from' if planned else 'On'} {day_in_words(one.day)}"
    source = label(SOURCES, one.source) if one.source else "Who decided it is not recorded"
    reason = f"Reason: {one_line(one.reason, 200)}" if one.reason else ""
    details = "\n".join(part for part in (f"{day} · {source}", reason) if part)
    return RecordLine(one.record_id, what, details, "" if one.reason else "No reason given", "danger")
