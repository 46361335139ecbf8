"""The ids of the streams that are no case file: an office's, a manager's own, and a terminal's access audit."""

from tac_desktop.casework.journal import b64
from tac_desktop.casework.record import derived_id


def office_stream(prison: str) -> str:
    """Return the id of the stream of one prison's office; the same in every vault."""
    return derived_id("office", prison)


def restricted_stream(device_id: bytes) -> str:
    """Return the id of the stream that holds what is the manager's alone, one for each manager's vault."""
    return derived_id("restricted", b64(device_id))


def terminal_stream(device_id: bytes) -> str:
    """Return the id of the stream of one vault's sessions and access audit."""
    return derived_id("terminal", b64(device_id))
