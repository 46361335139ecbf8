"""Preparing her for a hearing, and then writing down what the court decided: with that it is over.

A hearing of which the service heard only afterwards asks for neither.
"""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.days import add_days
from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.dues.escalation import rules
from tac_desktop.casework.record import RecordsByForm, first_known


def _find(records: RecordsByForm) -> Iterator[Due]:
    for hearing in records.get("hearing", ()):
        day = hearing.text("at")[:10]
        if day and not hearing.text("outcome") and first_known(hearing) <= day:
            by = day if hearing.text("preparation") else add_days(day, -rules().prepare)
            yield Due(by, "prepare_hearing", hearing.form, hearing.id)


SOURCE: Final = Source(frozenset({"hearing"}), _find)
