"""Tables that neither interim report printed, and that the final report needs (docs/decisions/0064-returns.md)."""

from collections.abc import Sequence
from typing import Any, Final

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.evaluation import course
from tac_desktop.casework.evaluation.case import Case
from tac_desktop.casework.evaluation.evidence import Evidence
from tac_desktop.casework.evaluation.headings import (
    by_answer,
    by_prison_and_total,
    by_quarter,
    joined,
    total,
    worded,
)
from tac_desktop.casework.evaluation.report_1_tables import prison_of
from tac_desktop.casework.evaluation.table import Table
from tac_desktop.casework.record import Record

RESOLVED: Final = ("resolved", "partly", "not_resolved")
KINDS: Final = ("baseline", "follow_up", "closure", "reopening")
_NO_ISSUE: Final = "no_issue"


def closed_with_issue(evidence: Evidence) -> Sequence[Case]:
    """Return the closed cases with a contact issue: whose latest closure says what became of it, or that nobody knows.

    Where contact was no issue nothing could be resolved (counting rules, 9).
    """
    closed = (case for case in evidence.cases if not course.is_open(case))
    return [case for case in closed if contact_issue(case) not in (None, _NO_ISSUE)]


def contact_issue(case: Case) -> Answer | None:
    """Return what the latest closure says about contact; None where it says nothing."""
    closure = max(case.of("closure"), key=lambda record: (record.text("date"), record.id), default=None)
    return closure.answers.get("contact_issue") if closure else None


def forms_received(evidence: Evidence) -> Sequence[Record]:
    """Return the tracker returns of all cases of which it is known when they were received."""
    return [one for case in evidence.cases for one in case.of("tracker_return") if one.text("received")]


def _kind_of(tracker_return: Record) -> Answer | None:
    return tracker_return.answers.get("tracker_form")


CONTACT_ISSUE = Table(
    id="A.T1", title="Contact issue at closure, {n} closed cases with one", unit="closed cases",
    base_rule="closed cases with a contact issue by their latest closure; the percentages rest on them, those not "
    "known included",
    units=closed_with_issue, columns=by_prison_and_total(prison_of), share="column",
    rows=by_answer(contact_issue, worded("contact_issue_outcome", RESOLVED), "contact_issue_outcome"),
)  # fmt: skip

FORMS_RECEIVED = Table(
    id="A.T2", title="Case tracker forms received, {n} in all", unit="forms", based=False,
    base_rule="each form by its type and the quarter in which it was received; a case has several",
    units=forms_received, rows=by_quarter(lambda one: one.text("received"), {}),
    columns=joined(by_answer(_kind_of, worded("tracker_form_type", KINDS), "tracker_form_type"), total("TOTAL")),
)  # fmt: skip

TABLES: Final[tuple[Table[Any], ...]] = (CONTACT_ISSUE, FORMS_RECEIVED)
"""After those of the reports."""
