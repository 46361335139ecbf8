"""Preparing her for a hearing; once something was written down of how it went, that is over."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from tac_desktop.casework.dues.due import Due, RecordsByForm, Source
from tac_desktop.casework.dues.escalation import rules


def _find(records: RecordsByForm) -> Iterator[Due]:
    for hearing in records.get("hearing", ()):
        told = any(hearing.text(name) for name in ("preparation", "outcome"))
        if hearing.text("at") and not told:
            by = date.fromisoformat(hearing.text("at")[:10]) - timedelta(rules().prepare)
            yield Due(by.isoformat(), "prepare_hearing", hearing.form, hearing.id)


SOURCE: Final = Source(frozenset({"hearing"}), _find)
