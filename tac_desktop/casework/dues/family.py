"""Reviews of a child's plan, agreements to be looked at again, and requests that nobody has answered."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.record import RecordsByForm


def _find(records: RecordsByForm) -> Iterator[Due]:
    for plan in records.get("plan_status", ()):
        if plan.text("next_review") and not plan.text("to_date"):
            yield Due(plan.text("next_review"), "child_review", plan.form, plan.id)
    for agreement in records.get("family_agreement", ()):
        if agreement.text("review_by") and not agreement.text("ended_on"):
            yield Due(agreement.text("review_by"), "agreement_review", agreement.form, agreement.id)
    for request in records.get("information_request", ()):
        if request.text("due") and not request.text("answered_on"):
            yield Due(request.text("due"), "information_request", request.form, request.id)


SOURCE: Final = Source(frozenset({"plan_status", "family_agreement", "information_request"}), _find)
