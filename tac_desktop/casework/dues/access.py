"""Subject access requests that are not answered yet."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.days import add_days, add_months, days_between
from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.record import Record, RecordsByForm


def answer_access_by(request: Record) -> str:
    """Return the ISO day by which a subject access request has to be answered, '' where it is not said when it came.

    One month after it was received, or after it was made sure who asks; three where it is complex (UK GDPR, article
    12(3)). The days on which the clock stood still come on top (Data (Use and Access) Act 2025).
    """
    if not request.text("received"):
        return ""
    due = add_months(
        max(request.text("received"), request.text("identity_proved")),
        3 if request.answers.get("extended") is True else 1,
    )
    paused, resumed = request.text("paused_on"), request.text("resumed_on")
    stood = days_between(paused, resumed) if paused and resumed > paused else 0
    return add_days(due, stood)


def _find(records: RecordsByForm) -> Iterator[Due]:
    for request in records.get("access_request", ()):
        by = answer_access_by(request)
        if by and not request.text("answered_on"):
            yield Due(by, "access_request", request.form, request.id)


SOURCE: Final = Source(frozenset({"access_request"}), _find)
