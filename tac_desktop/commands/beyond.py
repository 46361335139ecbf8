"""What `tac-desktop service show` tells of withdrawn members: what of their work is here beyond the end that counts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tac_desktop.casework.wording import counted

if TYPE_CHECKING:
    from tac_desktop.actions.beyond import Beyond


def told_beyond(beyond: "Beyond") -> dict[str, object]:
    """Return it as JSON has it."""
    return {
        "device": beyond.device.hex(), "name": beyond.name, "held_by": list(beyond.held_by),
        "entries": [
            {
                "case": entry.reference, "name": entry.name, "form": entry.form, "record": entry.record_id,
                "written_at": entry.at,
            }
            for entry in beyond.entries
        ],
    }  # fmt: skip


def words_beyond(beyond: "Beyond") -> Iterator[str]:
    """Yield it in words, an entry a line."""
    yield ""
    if beyond.entries:
        late = f"{counted(len(beyond.entries), 'entry', 'entries')} here beyond the end that counts"
        yield f"{beyond.name}: {late}, in {', '.join(beyond.references)}. Look at them: nobody takes them in now."
        yield from (
            f"  {entry.at[:16].replace('T', ' ')}  {entry.reference or 'office'}  {entry.form or 'of a newer program'}"
            for entry in beyond.entries
        )
    if beyond.held_by:
        yield f"{beyond.name}: more of it than counts is also at {', '.join(beyond.held_by)}."
