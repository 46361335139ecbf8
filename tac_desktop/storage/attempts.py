"""attempts.json: the times of failed unlocks, nothing else, until the next unlock takes them into the audit.

They also slow down somebody who tries pass-phrases at the keyboard. Somebody who can delete the file is slowed down by
Argon2id alone.
"""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tac_desktop.errors import TooManyAttempts
from tac_desktop.storage.durable import trouble_of, write_durably

_FREE = 3
_LONGEST_WAIT = timedelta(minutes=5)
_KEPT = 1000
_LARGEST_FILE = 1 << 20
_YEARS = range(1970, 9000)
"""Outside of them a time cannot be told in every zone."""


def failed_attempts(path: Path) -> tuple[str, ...]:
    """Return the times of failed unlocks (ISO, UTC), oldest first; a damaged or missing file holds none.

    Whoever can write into the folder can put anything there: it must keep nobody out.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST_FILE:
            return ()
        told: Any = json.loads(path.read_bytes())
        times = [datetime.fromisoformat(at).astimezone(UTC) for at in told["failed"][-_KEPT:]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return ()
    return tuple(at.isoformat() for at in times if at.year in _YEARS)


def refuse_haste(path: Path, now: datetime) -> None:
    """Raise TooManyAttempts if the next attempt comes too soon: after three failures 2, 4, 8 ... s, at most 5 min.

    Args:
        path: attempts.json.
        now: The time, with its zone.
    """
    failed = failed_attempts(path)
    if len(failed) < _FREE:
        return
    wait = min(timedelta(seconds=2.0 ** min(len(failed) - _FREE + 1, 16)), _LONGEST_WAIT)
    # a clock that was set back must not lock anybody out for longer than the wait itself
    passed = abs(now - datetime.fromisoformat(failed[-1]))
    if passed < wait:
        seconds = int((wait - passed).total_seconds()) + 1
        unit = "second" if seconds == 1 else "seconds"
        raise TooManyAttempts(
            f"There were {len(failed)} wrong pass-phrases. Nothing was changed. Wait {seconds} {unit} and try again."
        )


def note_failure(path: Path, now: datetime) -> None:
    """Add a failed unlock. Raises DiskFull or CannotWrite."""
    failed = [*failed_attempts(path), now.isoformat(timespec="seconds")]
    write_durably(path, json.dumps({"failed": failed[-_KEPT:]}).encode())


def forget(path: Path) -> None:
    """Remove the file after the audit has taken its times. Raises CannotWrite."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise trouble_of(error) from None
