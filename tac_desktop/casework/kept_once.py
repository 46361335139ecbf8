"""The one record of a form that a case file has in every vault: how long it is kept, who may open it."""

from collections.abc import Iterable, Mapping

from tac_desktop.casework.form import Form
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.record import derived_id


def kept_once(streams: Iterable[str], form: Form, values: Mapping[str, JsonValue], today: str) -> list[Change]:
    """Return what writes values into the record. Its id follows from the case file, so that it is one in every vault.

    Args:
        streams: Those of the case file. Where several are read as one each gets it, so that it still holds for each
            if they are parted.
        form: The form of the record.
        values: What is said, by journal field.
        today: Today's ISO date.
    """
    return [
        Change(
            record_id=derived_id(form.name, stream), form=form.name, version=form.version, stream=stream,
            values=dict(values), known_on=today,
        )
        for stream in streams
    ]  # fmt: skip
