"""Preparing her for a hearing, and writing down how it went: then that is over.

A hearing of which the service heard only afterwards asks for neither.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from tac_desktop.casework.dues.due import Due, RecordsByForm, Source
from tac_desktop.casework.dues.escalation import rules


def _find(records: RecordsByForm) -> Iterator[Due]:
    for hearing in records.get("hearing", ()):
        told = any(hearing.text(name) for name in ("preparation", "outcome"))
        day = hearing.text("at")[:10]
        if day and not told and hearing.known_on <= day:
            by = date.fromisoformat(day) - timedelta(rules().prepare)
            yield Due(by.isoformat(), "prepare_hearing", hearing.form, hearing.id)


SOURCE: Final = Source(frozenset({"hearing"}), _find)
