"""Alerts that somebody has to look at again, so that none stands for years without a reason."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.record import RecordsByForm


def _find(records: RecordsByForm) -> Iterator[Due]:
    for alert in records.get("alert", ()):
        if alert.text("review_by") and not alert.text("until"):
            yield Due(alert.text("review_by"), "alert", alert.form, alert.id)


SOURCE: Final = Source(frozenset({"alert"}), _find)
